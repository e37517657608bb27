import type { SearchParams } from "../search-params";

/**
 * What the token in a page's address opens, without using it up; null when it opens nothing. Looking counts towards no
 * limit but that of signed-out pages, as mail programs open links too and a dead one is often opened again.
 */
export async function openLink<Found>(
  searchParams: Promise<SearchParams>,
  find: (token: string) => Promise<Found | null>,
): Promise<{ token: string; found: Found } | null> {
  const { token } = await searchParams;
  const found = typeof token === "string" ? await find(token) : null;
  return found ? { token: token as string, found } : null;
}
