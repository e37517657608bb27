import type { DateOrder } from "@/lib/domain/date-order";
import { chooseLocale, DEFAULT_LOCALE, languageOf, type Locale } from "@/lib/domain/locales";
import { processState } from "@/lib/process-state";

interface PageReader {
  locale: Locale;
  dateOrder: DateOrder;
}

const reader = processState("reader", () => ({ current: (): Partial<PageReader> | undefined => undefined }));

/** Called by lib/request-context: how the reader of the request that the server draws for is found. */
export function tellReader(current: () => Partial<PageReader> | undefined): void {
  reader.current = current;
}

/** The reader's language. The server writes it into the page, so that the browser draws the same. */
export function readerLocale(): Locale {
  if (typeof document === "undefined") return reader.current()?.locale ?? DEFAULT_LOCALE;
  return languageOf(chooseLocale([document.documentElement.lang]));
}

/** How the reader writes dates; the server writes it into the page, too. */
export function dateOrder(): DateOrder {
  if (readerLocale() === "de") return "dmy";
  if (typeof document === "undefined") return reader.current()?.dateOrder ?? "dmy";
  return (document.documentElement.dataset.dates as DateOrder | undefined) ?? "dmy";
}
