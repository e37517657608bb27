/** The languages that the catalog has in full. */
export const ACTIVE_LOCALES = ["en"] as const;
export type ActiveLocale = (typeof ACTIVE_LOCALES)[number];

export const DEFAULT_LOCALE: ActiveLocale = "en";

/**
 * The first wish that names an active language, else English. A wish is a BCP 47 tag such as "en" or "de-AT"; those
 * that are absent or not a tag are passed over.
 */
export function chooseLocale(wishes: readonly (string | null | undefined)[]): ActiveLocale {
  for (const wish of wishes) {
    const language = wish?.split("-")[0]?.toLowerCase();
    const found = ACTIVE_LOCALES.find((locale) => locale === language);
    if (found) return found;
  }
  return DEFAULT_LOCALE;
}

/** The tags of an Accept-Language header, the most wanted first; those that are not wanted (q=0) are left out. */
export function acceptedLanguages(header: string | null): string[] {
  return (header ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.split(";").map((text) => text.trim());
      const quality = parameters.find((text) => text.startsWith("q="))?.slice(2);
      return { tag, quality: quality === undefined ? 1 : Number(quality) || 0 };
    })
    .filter(({ tag, quality }) => /^[a-z]{1,8}(-[a-z\d]{1,8})*$/i.test(tag) && quality > 0)
    .toSorted((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
}
