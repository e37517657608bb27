import type { SeenCountries } from "./known-countries";

/** What is remembered of a company as a whole; JSON. */
export interface CompanyMemory {
  /** When the earliest event happened, epoch milliseconds. */
  firstAt: number | null;
  /** Where it was seen. */
  countries?: SeenCountries;
}

export function newCompanyMemory(): CompanyMemory {
  return { firstAt: null };
}
