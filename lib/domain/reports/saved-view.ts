import { cleanSearch } from "../events/filters";

/** Which rows of a table in which order, and which columns are shown. */
export interface ViewQuestion {
  table: string;
  /** The filters and the order as the read API takes them, without the question mark. */
  query: string;
  /** Ids of the read API; empty for the usual columns. */
  columns: readonly string[];
}

/** Whether the view holds to the account, by its id or by one of its folded names in the search. `nameKey` folds names. */
export function isViewOfAccount(
  { query }: Pick<ViewQuestion, "query">,
  account: { id: number; names: readonly string[] },
  nameKey: (name: string) => string,
): boolean {
  const params = new URLSearchParams(query);
  if (params.get("account") === String(account.id)) return true;
  const search = nameKey(cleanSearch(params.get("q") ?? params.get("subject") ?? ""));
  return search !== "" && account.names.includes(search);
}
