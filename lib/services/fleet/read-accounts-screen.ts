import { listSiteNames, type SiteName } from "@/db/queries/companies/list-site-names";
import { countAccounts } from "@/db/queries/fleet/list-accounts";
import { readWithin, type CompanyScope } from "@/db/scope";
import type { AccountRow } from "@/lib/domain/reports/account-columns";
import type { AccountsQuery } from "@/lib/domain/reports/accounts";
import type { ReportAsk } from "@/lib/domain/reports/report";
import { accountMatchOf, pageAccounts } from "../reports/accounts";
import { orFirstPage, type RowPage } from "../reports/row-page";
import { readSubjectNames, type SubjectNames } from "../reports/screen-surroundings";

/** A page of accounts, and what stands around it. */
export interface AccountsScreen extends RowPage<AccountRow>, SubjectNames {
  /** How many the filters leave. */
  found: number;
  /** How many there are in the scope. */
  total: number;
  sites: SiteName[];
}

const PAGE_ROWS = 50;

/** What the Accounts screen shows behind the cursor `after` (empty for the first page). */
export async function readAccountsScreen(
  scope: CompanyScope,
  ask: ReportAsk<AccountsQuery>,
  after: string,
): Promise<AccountsScreen> {
  const match = await accountMatchOf(ask);
  const [page, around] = await Promise.all([
    orFirstPage(after, (place) =>
      pageAccounts(scope, ask, { after: place, limit: PAGE_ROWS, signal: ask.signal }),
    ),
    readWithin(
      scope,
      async (tx) => {
        const [found, total, sites, names] = await Promise.all([
          countAccounts(tx, scope, match),
          countAccounts(tx, scope, { moment: match.moment }),
          listSiteNames(tx, scope),
          readSubjectNames(tx, scope, ask.query),
        ]);
        return { found, total, sites, ...names };
      },
      ask.signal,
    ),
  ]);
  return { ...page, ...around };
}
