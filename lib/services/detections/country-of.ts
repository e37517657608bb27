import { readFileSync } from "node:fs";
import path from "node:path";
import { LRUCache } from "lru-cache";
import { Reader, type CountryResponse } from "maxmind";
import { logger } from "@/lib/logger";
import { isPublicAddress } from "@/lib/networks";
import { processState } from "@/lib/process-state";

/** Companies have few addresses, and each event names one. */
const REMEMBERED = 5_000;

interface Countries {
  /** null where the file cannot be read: then no country is known, and other rules go on. */
  reader?: Reader<CountryResponse> | null;
  publics: LRUCache<string, { address: string | null }>;
  countries: LRUCache<string, { country: string | null }>;
}

function state(): Countries {
  return processState<Countries>("countries", () => ({
    publics: new LRUCache({ max: REMEMBERED }),
    countries: new LRUCache({ max: REMEMBERED }),
  }));
}

// In every way of running the program the packages lie below its working directory.
const FILE = path.join(
  /* turbopackIgnore: true */ process.cwd(),
  "node_modules",
  "@ip-location-db",
  "geo-whois-asn-country-mmdb",
  "geo-whois-asn-country.mmdb",
);

/** Eight megabytes, read when the first public address is asked about. */
export function openCountries(file: string): Reader<CountryResponse> | null {
  try {
    return new Reader<CountryResponse>(readFileSync(file));
  } catch (error) {
    logger.error({ err: error }, "Can't read the country file; the rule Two countries finds nothing");
    return null;
  }
}

/** The address as it is looked up; null for one that is not public. */
export function publicAddressOf(address: string | null): string | null {
  if (address === null) return null;
  const { publics } = state();
  const known = publics.get(address);
  if (known) return known.address;
  const plain = address.trim().replace(/^::ffff:/i, "");
  const found = { address: isPublicAddress(plain) ? plain : null };
  publics.set(address, found);
  return found.address;
}

/** The country of a public address as two letters (ISO 3166), as registries have it; null for unknown ones. */
export function countryOf(address: string): string | null {
  const { countries } = state();
  const known = countries.get(address);
  if (known) return known.country;
  const own = state();
  if (own.reader === undefined) own.reader = openCountries(FILE);
  const answer = (own.reader?.get(address) ?? null) as { country_code?: string } | null;
  const found = { country: answer?.country_code ?? null };
  countries.set(address, found);
  return found.country;
}
