import { createTranslator } from "use-intl/core";
import german from "@/messages/de.json";
import english from "@/messages/en.json";
import type { Locale } from "./domain/locales";
import type { Reader, TextKey } from "./domain/text";

const MESSAGES: Readonly<Record<Locale, object>> = { en: english, de: german };
export const TEXT_LOCALES = Object.keys(MESSAGES) as Locale[];

/** How a language writes dates; English mails are read outside America too. */
const DATE_LOCALE: Readonly<Record<Locale, string>> = { en: "en-GB", de: "de" };

const translators = new Map<Locale, Reader["translate"]>();

function translatorOf(locale: Locale): Reader["translate"] {
  const known = translators.get(locale);
  if (known) return known;
  const translator = createTranslator({
    locale: locale as "en",
    messages: MESSAGES[locale] as typeof english,
    timeZone: "UTC",
  });
  const translate = translator as (key: TextKey, values?: Record<string, string | number>) => string;
  translators.set(locale, translate);
  return translate;
}

/**
 * Who reads what leaves the portal for one person or group: mails and messages of channels. Times are written in the
 * zone, an IANA name, which stands behind them.
 */
export function readerOf(locale: Locale, zone: string): Reader {
  const dates = new Intl.DateTimeFormat(DATE_LOCALE[locale], {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: zone,
  });
  return {
    locale,
    translate: translatorOf(locale),
    writeTime: (at) => `${dates.format(at)} (${zone})`,
  };
}
