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

/**
 * The query of a list's next step. `base` is the query that is on its way or shown, `shown` the one of the page in view:
 * a page of that is none of a list that comes with other filters, which begins at its first page.
 */
export function stepped(base: string, shown: string, changes: Changes): string {
  const isPage = Object.keys(changes).every((name) => PLACES.includes(name));
  const isSame = changed(base, {}) === changed(shown, {});
  return changed(base, isPage && !isSame ? {} : changes);
}
