import { z } from "zod";
import { HEALTH_WORDS } from "./computer-columns";
import { sortWordsOf } from "./columns";
import { filterText } from "./filter-text";
import type { Report } from "./report";
import { rangeQueryShape, reportQueryShape, sortParam } from "./report-query";
import { KEY_STATE_TEXT, KEY_STATES, SITE_KEY_COLUMNS, type SiteKeyRow } from "./site-key-columns";

export const siteKeysQuery = z.object({
  ...rangeQueryShape,
  site: reportQueryShape.site,
  q: reportQueryShape.q.meta({
    description:
      "Text in the name of the company or the site or in the key's description, not case-sensitive, or a key's last four characters.",
  }),
  state: z
    .enum(KEY_STATES)
    .optional()
    .meta({ description: "Only keys in this state; none for sites without a key." }),
  health: z
    .enum(["silent", "reporting"])
    .optional()
    .meta({ description: "Only sites that are silent, or only those that report." }),
  sort: sortParam(sortWordsOf(SITE_KEY_COLUMNS), "company", "by company, site, and age"),
});
export type SiteKeysQuery = z.output<typeof siteKeysQuery>;

export const siteKeysReport: Report<SiteKeysQuery, SiteKeyRow> = {
  name: "site-keys",
  title: "reports.siteKeysTitle",
  apiSummary:
    "Sites and API keys of every company whose keys you manage, with state, expiry, last use, and requests. Only for signed-in users. The range has no effect.",
  action: "site:manage",
  isForPeople: true,
  query: siteKeysQuery,
  range: (_, now) => ({ from: now, to: now }),
  columns: () => SITE_KEY_COLUMNS,
  filterWords: ({ state, health }) => [
    ...(state ? [filterText("reportColumns.state", { key: KEY_STATE_TEXT[state] })] : []),
    ...(health ? [filterText("reportColumns.siteHealth", { key: HEALTH_WORDS[health] })] : []),
  ],
};
