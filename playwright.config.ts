import { defineConfig } from "@playwright/test";
import { chromiumLaunchOptions } from "./tests/support/chromium";
import "./tests/support/json-modules";

const port = 8765;

/** Journeys in a real browser against the production build, on installations of their own. */
export default defineConfig({
  testDir: "tests/e2e",
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
    baseURL: `http://localhost:${port}`,
    launchOptions: chromiumLaunchOptions(),
    colorScheme: "dark",
    // Dates stand on the screens as in addresses and files. The journey of forms looks at other languages.
    locale: process.env.JOURNEY_LANGUAGE ?? "sv-SE",
    // One of the second try tells as much as one of every try, and the others are spared its cost.
    trace: "on-first-retry",
  },
  webServer: {
    command: "node tests/support/fresh-server.mjs",
    url: `http://localhost:${port}/api/health`,
    timeout: 240_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
    env: {
      PORT: String(port),
      HOST: "127.0.0.1",
      DATABASE_URL: "",
      AUTH_SECRET: "",
      BCRYPT_COST: "4",
      INITIAL_API_KEY: "e2".repeat(32),
      LOG_LEVEL: "warn",
    },
  },
});
