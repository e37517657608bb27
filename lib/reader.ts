import type { DateOrder } from "@/lib/domain/date-order";
import { chooseLocale, DEFAULT_LOCALE, languageOf, type Locale } from "@/lib/domain/locales";
import { processState } from "@/lib/process-state";

export interface PageReader {
  locale: Locale;
  dateOrder: DateOrder;
}

const reader = processState("reader", () => ({ current: (): Partial<PageReader> | undefined => undefined }));

/** Called by lib/request-context: how the reader of the request that the server draws for is found. */
export function tellReader(current: () => Partial<PageReader> | undefined): void {
  reader.current = current;
}

/**
 * Called in a browser as a page begins to be drawn: its document says the reader of the page before until the page is
 * there. A server draws for many readers at once and is told by their requests.
 */
export function tellPageReader(present: PageReader): void {
  if (typeof document !== "undefined") reader.current = () => present;
}

/** The reader's language. The server writes it into the page, so that the browser draws the same. */
export function readerLocale(): Locale {
  const told = reader.current()?.locale;
  if (told !== undefined || typeof document === "undefined") return told ?? DEFAULT_LOCALE;
  return languageOf(chooseLocale([document.documentElement.lang]));
}

/** How the reader writes dates; the server writes it into the page, too. */
export function dateOrder(): DateOrder {
  if (readerLocale() === "de") return "dmy";
  const told = reader.current()?.dateOrder;
  if (told !== undefined || typeof document === "undefined") return told ?? "dmy";
  return (document.documentElement.dataset.dates as DateOrder | undefined) ?? "dmy";
}
