import { findCompany } from "@/db/queries/companies/company";
import { listRuleSettings } from "@/db/queries/detections/settings";
import type { Transaction } from "@/db/client";
import type { CompanyWriteScope } from "@/db/scope";
import type { Asked } from "@/lib/domain/detections/memories";
import { settingsOf } from "@/lib/domain/detections/rules";
import { ianaZone } from "@/lib/domain/zones";
import { loadCalendar } from "../calendar/load-calendar";
import { countryOf } from "./country-of";
import { loadTagged, type AskedOf } from "./load-tagged";
import { readExceptions } from "./read-exceptions";

/**
 * What decides, besides events: a change of it counts from the next batch. `portalZone` is that of companies without one;
 * tags are those of the accounts and computers asked of.
 */
export async function readAsked(
  tx: Transaction,
  scope: CompanyWriteScope,
  portalZone: string,
  of: AskedOf | "all",
): Promise<Asked> {
  const company = await findCompany(tx, scope);
  const zone = ianaZone(company?.timeZone ?? portalZone);
  const [stored, exceptions, calendar, tagged] = await Promise.all([
    listRuleSettings(tx, scope),
    readExceptions(tx, scope),
    loadCalendar(tx, scope, zone),
    loadTagged(tx, scope, of),
  ]);
  return {
    settings: settingsOf(stored),
    exceptions,
    context: {
      zone,
      learnsHabits: company?.learnsHabits ?? true,
      calendar,
      tagged,
      countryOf,
    },
  };
}
