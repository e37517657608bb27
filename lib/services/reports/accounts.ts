import { countAccounts, listAccounts, type AccountMatch } from "@/db/queries/fleet/list-accounts";
import { readWithin, type CompanyScope } from "@/db/scope";
import { cleanSearch } from "@/lib/domain/events/filters";
import { nameKey } from "@/lib/domain/events/wire";
import { decodeSortCursor, encodeSortCursor, type SortCursor } from "@/lib/domain/list-page";
import { ACCOUNT_SORTS, type AccountRow, type AccountsQuery } from "@/lib/domain/reports/accounts";
import type { ReportAsk } from "@/lib/domain/reports/report";
import { presentSince } from "../fleet/present-since";
import { inBatches } from "./in-batches";
import { hasOwnRange } from "./own-range";

type Ask = ReportAsk<AccountsQuery>;

export interface AccountsPage {
  rows: AccountRow[];
  /** An opaque cursor; null behind the last row. */
  next: string | null;
}

/** Every account asked for, in the order asked for. */
export async function* readAccounts(scope: CompanyScope, ask: Ask): AsyncGenerator<readonly AccountRow[]> {
  yield* inBatches((after, limit) => readPage(scope, ask, after, limit), ask.signal);
}

/** A page of them behind the cursor `after`; a cursor that is not of this list and order begins anew. */
export async function readAccountsPage(
  scope: CompanyScope,
  ask: Ask,
  after: string,
  limit: number,
): Promise<AccountsPage> {
  const { rows, next } = await readPage(scope, ask, decodeSortCursor(after, ask.query.sort), limit);
  return { rows, next: next && encodeSortCursor(ask.query.sort, next) };
}

/** The same with how many accounts the filters leave. */
export async function readAccountsScreen(
  scope: CompanyScope,
  ask: Ask,
  after: string,
  limit: number,
): Promise<AccountsPage & { found: number }> {
  const match = await matchOf(ask);
  const [page, found] = await Promise.all([
    readAccountsPage(scope, ask, after, limit),
    readWithin(scope, (tx) => countAccounts(tx, scope, match)),
  ]);
  return { ...page, found };
}

async function readPage(scope: CompanyScope, ask: Ask, after: SortCursor | null, limit: number) {
  const match = await matchOf(ask);
  const order = { ...orderOf(ask.query.sort), after };
  const found = await readWithin(scope, (tx) => listAccounts(tx, scope, match, order, limit + 1));
  const rows = found.slice(0, limit);
  const last = found.length > limit ? rows.at(-1) : undefined;
  return {
    rows: rows.map(({ sortKey: _, ...row }): AccountRow => row),
    next: last ? { key: last.sortKey, companyId: last.companyId, id: last.id } : null,
  };
}

function orderOf(word: AccountsQuery["sort"]) {
  const isDescending = word.startsWith("-");
  const by = ACCOUNT_SORTS.find((sort) => sort === word.slice(isDescending ? 1 : 0))!;
  return { by, isDescending };
}

async function matchOf({ query, range, now }: Ask): Promise<AccountMatch> {
  return {
    presentSince: await presentSince(now),
    foldedText: nameKey(cleanSearch(query.q ?? "")),
    accountId: query.account,
    computerId: query.computer,
    siteId: query.site,
    presence: query.presence,
    seen: hasOwnRange(query) ? range : undefined,
  };
}
