import { findSiteByName } from "@/db/queries/companies/sites";
import { listHours } from "@/db/queries/calendar/hours";
import { listPatterns } from "@/db/queries/tags/tags";
import { readWithin } from "@/db/scope";
import { hoursForm } from "@/lib/domain/detections/calendar-form";
import { DAY_FIELDS } from "@/lib/domain/detections/day-fields";
import type { Tag } from "@/lib/domain/tags";
import { patternForm } from "@/lib/domain/tag-form";
import { changeHours } from "../calendar/change-hours";
import { openCompany } from "../operator/companies";
import { addPattern } from "../tags/manage-tags";

export interface DemoChoices {
  company: string;
  /** The site whose people work in these hours every day, as HH:MM. */
  site: string;
  from: string;
  to: string;
  tags: readonly { tag: Tag; pattern: string }[];
}

/** Sets the hours of a site and the tags of a demo company unless they are set, so that rules that need them find something. */
export async function prepareDemo({ company, site: name, from, to, tags }: DemoChoices): Promise<void> {
  const context = await openCompany(company);
  const { scope } = context;
  const { site, hours, patterns } = await readWithin(scope, async (tx) => ({
    site: await findSiteByName(tx, scope, name),
    hours: await listHours(tx, scope),
    patterns: await listPatterns(tx, scope),
  }));
  if (site && !hours.some(({ siteId }) => siteId === site.id)) {
    const times = Object.fromEntries(
      DAY_FIELDS.flatMap((day) => [
        [`${day}From`, from],
        [`${day}To`, to],
      ]),
    );
    const sent = { ...times, siteId: String(site.id), touched: Object.keys(times).join(" ") };
    await changeHours(context, hoursForm.parse(sent));
  }
  for (const wanted of tags) {
    const choice = patternForm.parse(wanted);
    const isThere = patterns.some(
      ({ tag, patternKey }) => tag === choice.tag && patternKey === choice.pattern.patternKey,
    );
    if (!isThere) await addPattern(context, choice);
  }
}
