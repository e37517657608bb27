"use client";

import { createContext, type ReactNode } from "react";

/** When the page was read, by the server's clock, epoch milliseconds; null where nothing is around. */
export const ReadAtContext = createContext<number | null>(null);

/** Around every page: what is drawn of the present time goes by the server's clock, first and later. */
export function PortalTime({ readAt, children }: { readAt: number; children: ReactNode }) {
  return <ReadAtContext value={readAt}>{children}</ReadAtContext>;
}
