import { findChromium } from "../../scripts/lib/chromium.mjs";

/**
 * How Playwright launches the browser: the Chromium `npm test` has found or installed (CHROMIUM_PATH), else
 * one of this computer, else Playwright's own. Chromium's sandbox does not work for root, as in containers.
 */
export function chromiumLaunchOptions(): { executablePath?: string; args: string[] } {
  const executablePath = findChromium();
  const args = process.geteuid?.() === 0 ? ["--no-sandbox"] : [];
  return executablePath === undefined ? { args } : { executablePath, args };
}
