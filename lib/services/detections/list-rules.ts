import { countAlertsByDay } from "@/db/queries/detections/read-alerts";
import { listRuleSettings } from "@/db/queries/detections/settings";
import { listCompanyNames } from "@/db/queries/reports/company-names";
import { narrowScopeTo, operatorScope, readWithin, type CompanyScope } from "@/db/scope";
import { lastDays } from "@/lib/domain/detections/last-days";
import { RULES, settingsOf } from "@/lib/domain/detections/rules";
import { encodeSortCursor } from "@/lib/domain/list-page";
import type { RuleListRow } from "@/lib/domain/reports/alerts";
import type { IanaZone } from "@/lib/domain/zones";
import type { RowPage, RowPageAsk } from "../reports/row-page";
import { readCursor } from "../reports/sort-cursor";

const DAYS = 30;
const ORDER = "rules";

/**
 * A page of the rules of the scope's companies, by the id of the company and in the usual order. What they found is that
 * of 30 local days of the zone; `now` is in epoch milliseconds.
 *
 * @throws AppError `invalid` for a cursor of another list.
 */
export async function pageRules(
  scope: CompanyScope,
  zone: IanaZone,
  now: number,
  { after, limit, signal }: RowPageAsk,
): Promise<RowPage<RuleListRow>> {
  const place = readCursor(after, ORDER, scope);
  const companyIds = scope.companyIds.toSorted((a, b) => a - b);
  const start = place ? companyIds.indexOf(place.companyId) : 0;
  /** How many of the first company's rules the pages before had. */
  const passed = place?.id ?? 0;
  const end = passed + limit;
  const asked = companyIds.slice(start, start + Math.ceil((end + 1) / RULES.length));
  const found = await readRules(scope, asked, { zone, now, signal });
  const rows = found.slice(passed, end);
  const last = found.length > end ? rows.at(-1) : undefined;
  const id = ((end - 1) % RULES.length) + 1;
  return {
    rows,
    next: last ? encodeSortCursor(ORDER, { key: last.rule, companyId: last.companyId, id }) : null,
  };
}

async function readRules(
  scope: CompanyScope,
  companyIds: readonly number[],
  { zone, now, signal }: { zone: IanaZone; now: number; signal: AbortSignal | undefined },
): Promise<RuleListRow[]> {
  const asked = narrowScopeTo(scope, companyIds);
  const rows: RuleListRow[] = [];
  const [first] = lastDays(DAYS, zone, now).starts;
  await readWithin(
    asked,
    async (tx) => {
      const companies = await listCompanyNames(tx, asked);
      const counts = await countAlertsByDay(tx, asked, [first!]);
      for (const companyId of companyIds) {
        const settings = settingsOf(await listRuleSettings(tx, operatorScope(companyId)));
        for (const { name, title, severity, question, technique } of RULES) {
          const own = counts.filter((one) => one.companyId === companyId && one.rule === name);
          rows.push({
            companyId,
            companyName: companies.get(companyId) ?? null,
            rule: name,
            title,
            severity,
            question,
            technique: technique.id,
            isOn: settings[name].isOn,
            threshold: settings[name].values.threshold ?? null,
            minutes: settings[name].values.minutes ?? null,
            alerts: own.reduce((sum, { count }) => sum + count, 0),
          });
        }
      }
    },
    signal,
  );
  return rows;
}
