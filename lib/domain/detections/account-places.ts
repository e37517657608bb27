import { isKnownCountry, type SeenCountries } from "./known-countries";
import type { SeenEvent } from "./rule";

const DAY = 86_400_000;
const MOST_PLACES = 12;
/** Longer than any window, for what arrives late. */
const KEPT_MS = 2 * DAY;

/** A session that began in a country where the company is not usual; JSON. */
export interface Place {
  country: string;
  id: number;
  at: number;
  receivedAt: number;
  computerId: number;
}

/** The places with the event's, where its country is none that the company is usual in; old ones are forgotten. */
export function placesWith(
  places: readonly Place[] | undefined,
  { id, at, receivedAt, computerId }: SeenEvent,
  country: string,
  seen: SeenCountries | undefined,
  days: number,
): Place[] {
  const kept = (places ?? []).filter((place) => place.receivedAt >= receivedAt - KEPT_MS);
  if (isKnownCountry(seen, country, at, days)) return kept;
  const all = [...kept, { country, id, at, receivedAt, computerId }];
  return all.toSorted((a, b) => a.at - b.at || a.id - b.id).slice(-MOST_PLACES);
}
