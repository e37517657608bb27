/** Parameters of a list's address that become others; null and "" take one away. */
export type Changes = Readonly<Record<string, string | null>>;

/** What says how far into a list a page is. */
const PLACES: readonly string[] = ["after", "back", "page"];

/** What holds a list to something of one company: in another it is nothing, or has another meaning. */
const OF_ONE_COMPANY = ["site", "account", "computer"];

/** The query from its first page on, with other filters; another company, or all again, begins without what is of one. */
export function changed(query: string, changes: Changes): string {
  const next = new URLSearchParams(query);
  for (const place of PLACES) next.delete(place);
  if ("only" in changes) for (const name of OF_ONE_COMPANY) next.delete(name);
  for (const [name, value] of Object.entries(changes)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  return next.toString();
}
