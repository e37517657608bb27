import { listSiteActivity } from "@/db/queries/dashboard/today";
import { likePattern } from "@/db/queries/like";
import {
  countActiveAccounts,
  countByCompany,
  listCompaniesNamed,
  type BucketCount,
} from "@/db/queries/overview/company-counts";
import { narrowScope, readWithin, type CompanyScope } from "@/db/scope";
import type { CompaniesQuery } from "@/lib/domain/reports/companies";
import {
  COMPANY_COLUMNS,
  type CompanyFigures,
  type CompanyRow,
  type Compared,
  type CountedCompany,
} from "@/lib/domain/reports/company-columns";
import { previousRange } from "@/lib/domain/reports/previous-range";
import type { ReportAsk } from "@/lib/domain/reports/report";
import { rowOrder } from "@/lib/domain/reports/sort-rows";
import type { ReportRange } from "@/lib/domain/reports/report-range";
import { silentOnes } from "../dashboard/read-dashboard";
import { companyHours } from "../overview/company-hours";
import { assertRowsFit, daysIfTheyFit } from "./report-bounds";

type Ask = ReportAsk<CompaniesQuery>;

/** The reader as which sums of no reader are queued. */
const OVERVIEW = "overview";

/** A company's row with its hours before they are rounded, milliseconds. */
export type ExactCompanyRow = CompanyRow & { activeMs: Compared };

/** Every company asked for with its figures and hours, in the order asked for. */
export async function readCompaniesOverview(
  scope: CompanyScope,
  ask: Ask,
): Promise<readonly ExactCompanyRow[]> {
  const figures = await readCompanyFigures(scope, ask);
  const rows: ExactCompanyRow[] = [];
  for (const company of figures) {
    ask.signal?.throwIfAborted();
    const activeMs = await readCompanyHours(scope, company.companyId, ask);
    rows.push({ ...company, activeMs, activeSeconds: inSeconds(activeMs) });
  }
  return sortCompanies(rows, ask.query.sort);
}

/** Exact times rounded, which is done once, after all sums. */
export function inSeconds({ current, previous }: Compared): Compared {
  return { current: Math.round(current / 1000), previous: Math.round(previous / 1000) };
}

/** The same without the hours, by name unless another figure that is known already is asked for. */
export async function readCompanyFigures(scope: CompanyScope, ask: Ask): Promise<CompanyFigures[]> {
  const { query, range, zone, now, signal } = ask;
  const before = previousRange(range, query, now, zone);
  assertRowsFit(scope.companyIds.length);
  const days = daysIfTheyFit(range, zone, scope.companyIds.length);
  const edges = [...(days?.map((day) => day.from) ?? [range.from]), range.to];
  return readWithin(
    scope,
    async (tx) => {
      const [companies, counts, previous, active, activeBefore, sites] = await Promise.all([
        listCompaniesNamed(tx, scope, likePattern(query.q ?? "")),
        countByCompany(tx, scope, edges),
        countByCompany(tx, scope, [before.from, before.to]),
        countActiveAccounts(tx, scope, range),
        countActiveAccounts(tx, scope, before),
        listSiteActivity(tx, scope),
      ]);
      return companies.map(({ id, name }) => {
        const own = counts.filter(({ companyId }) => companyId === id);
        const earlier = previous.filter(({ companyId }) => companyId === id);
        const eventsOf = new Map(own.map(({ bucket, events }) => [bucket, events]));
        const ownSites = sites.filter((site) => site.company_id === id);
        return {
          companyId: id,
          companyName: name,
          activeAccounts: { current: active.get(id) ?? 0, previous: activeBefore.get(id) ?? 0 },
          events: compare(own, earlier, "events"),
          failures: compare(own, earlier, "failures"),
          days: days?.map((_, bucket) => eventsOf.get(bucket) ?? 0) ?? null,
          sites: ownSites.length,
          silentSites: silentOnes(ownSites, now).length,
        };
      });
    },
    signal,
  );
}

/**
 * The hours of one company of the scope in the range and in the one before, milliseconds. What must be counted for it waits
 * among the reader's reports, unless the scope is that of a report that has its place. @throws as runReport.
 */
export async function readCompanyHours(
  scope: CompanyScope,
  companyId: number,
  { query, range, zone, now }: Ask,
  reader: string = OVERVIEW,
): Promise<Compared> {
  const own = narrowScope(scope, companyId)!;
  const hours = (asked: ReportRange) => companyHours(reader, own, { range: asked, zone, now });
  return { current: await hours(range), previous: await hours(previousRange(range, query, now, zone)) };
}

function compare(
  own: readonly BucketCount[],
  earlier: readonly BucketCount[],
  part: "events" | "failures",
): Compared {
  const sum = (counts: readonly BucketCount[]) => counts.reduce((total, count) => total + count[part], 0);
  return { current: sum(own), previous: sum(earlier) };
}

/**
 * In the order of `sort=`; rows that are equal in it stay by name, as the database sorts names. Rows whose hours are
 * not counted yet cannot be sorted by them.
 */
export function sortCompanies<Row extends CountedCompany>(
  rows: readonly Row[],
  word: CompaniesQuery["sort"],
): Row[] {
  if (word === "companyName") return [...rows];
  if (word === "-companyName") return rows.toReversed();
  return rows.toSorted(rowOrder(word, COMPANY_COLUMNS)!);
}
