import { headers } from "next/headers";
import { clientAddressOf } from "../client-address";
import { isWithinLimits } from "../rate-limit/limiter";
import type { SearchParams } from "../search-params";

/**
 * What the token in a page's address opens, without using it up; null when it opens nothing. Only those count towards the
 * limit of the address, as an office may have many people with a link.
 */
export async function openLink<Found>(
  searchParams: Promise<SearchParams>,
  find: (token: string) => Promise<Found | null>,
): Promise<{ token: string; found: Found } | null> {
  const { token } = await searchParams;
  const found = typeof token === "string" ? await find(token) : null;
  if (found) return { token: token as string, found };
  await isWithinLimits([["reset-address", { address: clientAddressOf(await headers()) }]]);
  return null;
}
