import { defineConfig } from "@playwright/test";
import { chromiumLaunchOptions } from "./tests/support/chromium";
import "./tests/support/json-modules";

/** Files that take longest begin first, or a worker would wait for the last of them. */
const longest = ["page-states", "alerts", "two-servers", "attacks", "operations"].map(
  (name) => `**/${name}.spec.ts`,
);

/** Journeys in a real browser against the production build, on installations of their own. */
export default defineConfig({
  testDir: "tests/e2e",
  projects: [
    { name: "long", testMatch: longest },
    { name: "short", testIgnore: longest },
  ],
  globalSetup: "./tests/support/migrated-folder.ts",
  // Each file has a server of its own. While one waits for a page, the other uses the second core.
  workers: 2,
  // A journey with several scans for accessibility takes minutes on a busy machine.
  timeout: 240_000,
  // A browser on a busy machine can be late once. What passes at the second try is named at the end of `npm test`.
  retries: 1,
  // The first look at each page on a busy two-core machine takes seconds.
  expect: { timeout: 20_000 },
  use: {
    launchOptions: chromiumLaunchOptions(),
    colorScheme: "dark",
    // Dates stand on the screens as in addresses and files. The journey of forms looks at other languages.
    locale: process.env.JOURNEY_LANGUAGE ?? "sv-SE",
    // One of the second try tells as much as one of every try, and the others are spared its cost.
    trace: "on-first-retry",
  },
});
