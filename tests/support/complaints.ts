import type { Page } from "@playwright/test";

/**
 * Gathers what the browser complains of while the page is used: errors on its console, with the address they are of,
 * and uncaught exceptions, among them React's when server and browser drew different pages.
 */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`${message.text()} ${message.location().url}`);
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  return complaints;
}
