"use client";

import type { ReactNode } from "react";
import { tellPageReader, type PageReader } from "@/lib/reader";

/**
 * Around every page: what is drawn within it has dates and numbers as its reader writes them, also in the page that first
 * comes in another language. The functions that write them are no hooks, so they are told before the page is drawn.
 */
export function PageReaderProvider({ children, ...reader }: PageReader & { children: ReactNode }) {
  tellPageReader(reader);
  return children;
}
