import { headers } from "next/headers";
import { clientAddressOf } from "../client-address";
import { isWithinLimits } from "../rate-limit/limiter";
import type { SearchParams } from "../search-params";

/**
 * What the token in a page's address opens, without using it up; null when it opens nothing, and when somebody has
 * tried too many.
 */
export async function openLink<Found>(
  searchParams: Promise<SearchParams>,
  find: (token: string) => Promise<Found | null>,
): Promise<{ token: string; found: Found } | null> {
  const { token } = await searchParams;
  const address = clientAddressOf(await headers());
  const isAllowed = await isWithinLimits([["reset-address", { address }]]);
  const found = isAllowed && typeof token === "string" ? await find(token) : null;
  return found && { token: token as string, found };
}
