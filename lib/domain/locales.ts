/** Every language of `messages`, by its own name. */
export const LOCALE_NAMES = { en: "English", de: "Deutsch" } as const;
export type Locale = keyof typeof LOCALE_NAMES;

/** The languages that the catalog has in full. */
export const ACTIVE_LOCALES: readonly Locale[] = ["en", "de"];

/** English with accents and a third longer, for tests; never offered. */
export const PSEUDO_LOCALE = "en-XA";
export type PageLocale = Locale | typeof PSEUDO_LOCALE;

export const DEFAULT_LOCALE: Locale = "en";

export function isActiveLocale(name: string): name is Locale {
  return ACTIVE_LOCALES.some((locale) => locale === name);
}

/** Whether a wish as {@link chooseLocale} takes it names a language of ours. */
export function isKnownWish(wish: string | null | undefined): boolean {
  return wish === PSEUDO_LOCALE || isActiveLocale(wish?.split("-")[0]?.toLowerCase() ?? "");
}

/**
 * The first wish that names an active language, else English. A wish is a BCP 47 tag such as "en" or "de-AT"; those
 * that are absent or not a tag are passed over.
 */
export function chooseLocale(wishes: readonly (string | null | undefined)[]): PageLocale {
  for (const wish of wishes) {
    if (wish === PSEUDO_LOCALE) return PSEUDO_LOCALE;
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

/** The language that a profile or company names, as it is stored; English where none is known. */
export function storedLocale(name: string | null | undefined): Locale {
  return ACTIVE_LOCALES.find((locale) => locale === name) ?? DEFAULT_LOCALE;
}

const RIGHT_TO_LEFT: ReadonlySet<string> = new Set(["ar", "fa", "he", "ur"]);

/** Which way a page in the language is read. */
export function directionOf(locale: string): "ltr" | "rtl" {
  return RIGHT_TO_LEFT.has(locale.split("-")[0]!) ? "rtl" : "ltr";
}

/** The language that dates and numbers are written in. */
export function languageOf(locale: PageLocale): Locale {
  return locale === PSEUDO_LOCALE ? "en" : locale;
}
