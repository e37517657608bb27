import { defineConfig } from "@playwright/test";
import { chromiumLaunchOptions } from "../support/chromium";
import "../support/json-modules";

/** The agent's package from the portal to Windows: `npm run test:agent` runs it, as it needs Go and Wine. */
export default defineConfig({
  testDir: ".",
  workers: 1,
  timeout: 600_000,
  expect: { timeout: 20_000 },
  reporter: "list",
  use: { launchOptions: chromiumLaunchOptions(), ignoreHTTPSErrors: true },
});
