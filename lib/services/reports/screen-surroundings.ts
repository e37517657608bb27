import { listSiteNames, type SiteName } from "@/db/queries/companies/list-site-names";
import { findNamed } from "@/db/queries/events/match-names";
import { hasAnyEvent } from "@/db/queries/events/read-event";
import { readWithin, type CompanyScope } from "@/db/scope";
import type { ReportQuery } from "@/lib/domain/reports/report-query";

/** What stands around a report on its screen. */
export interface ScreenSurroundings {
  hasEvents: boolean;
  sites: SiteName[];
  /** What the list is held to; null when to none, or to one that is not there. */
  accountName: string | null;
  computerName: string | null;
}

export function readSurroundings(
  scope: CompanyScope,
  { account, computer }: ReportQuery,
): Promise<ScreenSurroundings> {
  return readWithin(scope, async (tx) => {
    const one = async (table: "accounts" | "computers", id: number | undefined) =>
      id === undefined ? null : ((await findNamed(tx, scope, table, [id]))[0]?.name ?? null);
    const [hasEvents, sites, accountName, computerName] = await Promise.all([
      hasAnyEvent(tx, scope),
      listSiteNames(tx, scope),
      one("accounts", account),
      one("computers", computer),
    ]);
    return { hasEvents, sites, accountName, computerName };
  });
}
