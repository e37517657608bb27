import { headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { acceptedLanguages, chooseLocale, type ActiveLocale } from "@/lib/domain/locales";
import { logger } from "@/lib/logger";

/**
 * The language of the request, decided here and nowhere else. With a second language, the choice in the person's
 * profile goes before what the browser asks for, and the company's default after it.
 */
async function localeOfRequest(): Promise<ActiveLocale> {
  return chooseLocale(acceptedLanguages((await headers()).get("accept-language")));
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
