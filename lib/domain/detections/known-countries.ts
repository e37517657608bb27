const DAY = 86_400_000;
const KNOWN_FOR_DAYS = 90;
const MOST_DAYS = 30;

/** The newest days in UTC, days since 1970, on which the company was seen in each country; oldest first. JSON. */
export type SeenCountries = Record<string, number[]>;

/** Whether the company was not seen in the country yet on the day of the instant, epoch milliseconds. */
export function isNewOn(seen: SeenCountries | undefined, country: string, at: number): boolean {
  const known = seen?.[country] ?? [];
  const day = Math.floor(at / DAY);
  return !known.includes(day) && !(known.length >= MOST_DAYS && day < known[0]!);
}

/** The same with the country on the day of the instant. */
export function withCountry(seen: SeenCountries | undefined, country: string, at: number): SeenCountries {
  const days = [...(seen?.[country] ?? []), Math.floor(at / DAY)].toSorted((a, b) => a - b);
  return { ...seen, [country]: days.slice(-MOST_DAYS) };
}

/** Whether the company was seen in the country on enough different days of the 90 before the instant. */
export function isKnownCountry(
  seen: SeenCountries | undefined,
  country: string,
  at: number,
  days: number,
): boolean {
  const today = Math.floor(at / DAY);
  const within = (seen?.[country] ?? []).filter((day) => day <= today && day > today - KNOWN_FOR_DAYS);
  return within.length >= days;
}
