import { listSiteNames, type SiteName } from "@/db/queries/companies/list-site-names";
import { findNamed } from "@/db/queries/events/match-names";
import { countAccounts } from "@/db/queries/fleet/list-accounts";
import { readWithin, type CompanyScope } from "@/db/scope";
import type { AccountRow } from "@/lib/domain/reports/account-columns";
import type { AccountsQuery } from "@/lib/domain/reports/accounts";
import type { ReportAsk } from "@/lib/domain/reports/report";
import { accountMatchOf, pageAccounts } from "../reports/accounts";
import { orFirstPage, type RowPage } from "../reports/row-page";

/** A page of accounts, and what stands around it. */
export interface AccountsScreen extends RowPage<AccountRow> {
  /** How many the filters leave. */
  found: number;
  /** How many there are in the scope. */
  total: number;
  sites: SiteName[];
  /** Of the computer the list is held to; null for none and for one that is not there. */
  computerName: string | null;
}

const PAGE_ROWS = 50;

/** What the Accounts screen shows behind the cursor `after` (empty for the first page). */
export async function readAccountsScreen(
  scope: CompanyScope,
  ask: ReportAsk<AccountsQuery>,
  after: string,
): Promise<AccountsScreen> {
  const match = await accountMatchOf(ask);
  const { computer } = ask.query;
  const [page, around] = await Promise.all([
    orFirstPage(after, (place) => pageAccounts(scope, ask, { after: place, limit: PAGE_ROWS })),
    readWithin(scope, async (tx) => {
      const [found, total, sites, computers] = await Promise.all([
        countAccounts(tx, scope, match),
        countAccounts(tx, scope, { moment: match.moment }),
        listSiteNames(tx, scope),
        findNamed(tx, scope, "computers", computer === undefined ? [] : [computer]),
      ]);
      return { found, total, sites, computerName: computers[0]?.name ?? null };
    }),
  ]);
  return { ...page, ...around };
}
