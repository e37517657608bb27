import type { DateOrder } from "@/lib/domain/date-order";
import { processState } from "@/lib/process-state";

const reader = processState("date-order", () => ({ current: (): DateOrder | undefined => undefined }));

/** Called by lib/request-context: how the order of the request that the server draws for is found. */
export function tellDateOrder(current: () => DateOrder | undefined): void {
  reader.current = current;
}

/** How the reader writes dates. The server writes it into the page, so that the browser draws the same. */
export function dateOrder(): DateOrder {
  if (typeof document === "undefined") return reader.current() ?? "dmy";
  return (document.documentElement.dataset.dates as DateOrder | undefined) ?? "dmy";
}
