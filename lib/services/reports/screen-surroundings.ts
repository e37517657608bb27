import { listSiteNames, type SiteName } from "@/db/queries/companies/list-site-names";
import { findNamed } from "@/db/queries/events/match-names";
import { hasAnyEvent } from "@/db/queries/events/read-event";
import type { Transaction } from "@/db/client";
import { readWithin, type CompanyScope } from "@/db/scope";
import type { ReportQuery } from "@/lib/domain/reports/report-query";

/** The list's filter; null without one, or if it isn't in the scope. */
export interface SubjectNames {
  accountName: string | null;
  computerName: string | null;
}

/** What stands around a report on its screen. */
export interface ScreenSurroundings extends SubjectNames {
  hasEvents: boolean;
  sites: SiteName[];
}

export function readSurroundings(scope: CompanyScope, query: ReportQuery): Promise<ScreenSurroundings> {
  return readWithin(scope, async (tx) => {
    const [hasEvents, sites, names] = await Promise.all([
      hasAnyEvent(tx, scope),
      listSiteNames(tx, scope),
      readSubjectNames(tx, scope, query),
    ]);
    return { hasEvents, sites, ...names };
  });
}

/** The same in a transaction of its own. */
export function findSubjectNames(
  scope: CompanyScope,
  subjects: Pick<ReportQuery, "account" | "computer">,
): Promise<SubjectNames> {
  return readWithin(scope, (tx) => readSubjectNames(tx, scope, subjects));
}

/** The names of the account and the computer that a list is held to. */
export async function readSubjectNames(
  tx: Transaction,
  scope: CompanyScope,
  { account, computer }: Pick<ReportQuery, "account" | "computer">,
): Promise<SubjectNames> {
  const one = async (table: "accounts" | "computers", id: number | undefined) =>
    id === undefined ? null : ((await findNamed(tx, scope, table, [id]))[0]?.name ?? null);
  const [accountName, computerName] = await Promise.all([
    one("accounts", account),
    one("computers", computer),
  ]);
  return { accountName, computerName };
}
