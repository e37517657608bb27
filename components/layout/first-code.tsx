"use client";

import { PageFailure } from "./page-failure";

/**
 * Draws nothing. The bundler copies code into the chunks of each segment unless an outer segment has it, so links,
 * buttons, and icons, which the error pages and nearly every page draw with, come once, with the root layout.
 */
export function FirstCode(): null {
  return null;
}
FirstCode.code = PageFailure;
