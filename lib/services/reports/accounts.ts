import { listAccounts, type AccountMatch } from "@/db/queries/fleet/list-accounts";
import type { CompanyScope } from "@/db/scope";
import { cleanSearch } from "@/lib/domain/events/filters";
import { nameKey } from "@/lib/domain/events/wire";
import { ACCOUNT_SORTS, type AccountRow } from "@/lib/domain/reports/account-columns";
import type { AccountsQuery } from "@/lib/domain/reports/accounts";
import type { ReportAsk } from "@/lib/domain/reports/report";
import { presenceMoment } from "../fleet/presence-moment";
import { hasOwnRange } from "@/lib/domain/reports/report-query";
import { askedUse } from "@/lib/domain/reports/used-filter";
import { readPageWithin, type MovingPageAsk } from "./all-rows";
import type { RowPage } from "./row-page";
import { pageOf, readCursor, sortOf } from "./sort-cursor";

type Ask = ReportAsk<AccountsQuery>;

/**
 * A page of the scope's accounts in the order asked for.
 *
 * @throws AppError `invalid` for a cursor of another list or order.
 */
export async function pageAccounts(
  scope: CompanyScope,
  ask: Ask,
  page: MovingPageAsk,
): Promise<RowPage<AccountRow>> {
  const { after, limit } = page;
  const match = await accountMatchOf(ask);
  const order = { ...sortOf(ask.query.sort, ACCOUNT_SORTS), after: readCursor(after, ask.query.sort, scope) };
  const found = await readPageWithin(scope, (tx) => listAccounts(tx, scope, match, order, limit + 1), page);
  return pageOf(found, limit, ask.query.sort);
}

export async function accountMatchOf({ query, range, now }: Ask): Promise<AccountMatch> {
  const within = hasOwnRange(query) ? range : undefined;
  return {
    moment: await presenceMoment(now),
    foldedText: nameKey(cleanSearch(query.q ?? "")),
    accountId: query.account,
    computerId: query.computer,
    siteId: query.site,
    presence: query.presence,
    used: askedUse(query.used, within),
    // What was used then was seen, though the row may not say so yet.
    seen: query.used === "yes" ? undefined : within,
  };
}
