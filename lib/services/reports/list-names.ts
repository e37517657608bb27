import { listAccounts, listComputers, type NameWalk, type Placed } from "@/db/queries/reports/list-names";
import type { Transaction } from "@/db/client";
import { readWithin, type CompanyScope } from "@/db/scope";
import { cleanSearch } from "@/lib/domain/events/filters";
import { nameKey } from "@/lib/domain/events/wire";
import { decodeNamePlace, encodeNamePlace } from "@/lib/domain/list-page";
import type { ListedAccount, ListedComputer } from "@/lib/domain/reports/name-list";
import { AppError } from "@/lib/errors";
import type { RowPage, RowPageAsk } from "./row-page";

/** A page of the scope's accounts by name. @throws AppError `invalid` for a cursor that is none of ours. */
export function pageAccounts(
  scope: CompanyScope,
  ask: RowPageAsk & { search: string },
): Promise<RowPage<ListedAccount>> {
  return page(scope, ask, listAccounts);
}

/** A page of the scope's computers by name. @throws AppError `invalid` for a cursor that is none of ours. */
export function pageComputers(
  scope: CompanyScope,
  ask: RowPageAsk & { search: string },
): Promise<RowPage<ListedComputer>> {
  return page(scope, ask, listComputers);
}

async function page<Row extends ListedAccount>(
  scope: CompanyScope,
  { search, after, limit, signal }: RowPageAsk & { search: string },
  list: (tx: Transaction, scope: CompanyScope, walk: NameWalk) => Promise<Placed<Row>[]>,
): Promise<RowPage<Row>> {
  const place = after === null ? null : decodeNamePlace(after);
  if (after !== null && (!place || !scope.companyIds.includes(place.companyId))) throw wrongCursor();
  const walk = { foldedText: nameKey(cleanSearch(search)), after: place, limit: limit + 1 };
  const found = await readWithin(scope, (tx) => list(tx, scope, walk), signal);
  const rows = found.slice(0, limit);
  return { rows, next: found.length > limit ? encodeNamePlace(rows.at(-1)!) : null };
}

function wrongCursor(): AppError {
  const message = "is no cursor of this list; begin again without it";
  return new AppError("invalid", `after: ${message}`, [{ field: "after", message }]);
}
