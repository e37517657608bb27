import { headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import {
  acceptedLanguages,
  chooseLocale,
  isKnownWish,
  languageOf,
  type PageLocale,
} from "@/lib/domain/locales";
import { logger } from "@/lib/logger";
import { noteLocale } from "@/lib/request-context";
import { readCompanyLanguage } from "@/lib/services/profile/change-preferences";
import { currentUser } from "../guards";

/** The language of the request, decided here and nowhere else: the profile's, else the browser's, else the company's. */
async function localeOfRequest(): Promise<PageLocale> {
  // The page that says that the database is away has a language, too.
  const user = await currentUser().catch(() => null);
  const accepted = acceptedLanguages((await headers()).get("accept-language"));
  const wishes = [user?.session.language, ...accepted];
  if (user && !wishes.some(isKnownWish))
    wishes.push(await readCompanyLanguage(user.session.userId).catch(() => null));
  const locale = chooseLocale(wishes);
  noteLocale(languageOf(locale));
  return locale;
}

/** What next-intl reads once a request. Dates are written by components/time in the page's zone, so this one is fixed. */
export default getRequestConfig(async () => {
  const locale = await localeOfRequest();
  return {
    locale,
    messages: (await import(`@/messages/${locale}.json`)).default,
    timeZone: "UTC",
    now: new Date(),
    onError: (error) => logger.error({ locale, text: error.message }, "A text is missing or incomplete"),
  };
});
