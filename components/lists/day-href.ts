import { ianaZone, localDateOf } from "@/lib/domain/zones";

/** The page of an account's day that holds the instant (epoch milliseconds), its days being those of the zone. */
export function dayHref(companyRef: string, accountId: number, at: number, zone: string): string {
  const date = localDateOf(at, ianaZone(zone));
  return `/${companyRef}/time-spent/${accountId}/${date}?tz=${encodeURIComponent(zone)}`;
}
