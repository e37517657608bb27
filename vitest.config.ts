import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** The suites of `npm run test:citus`, which runs the integration tests on a cluster too. */
const onCitus = process.env.CITUS_URL ? ["tests/citus/**/*.test.ts"] : [];
/** What it leaves out: suites that use no database, or only a PostgreSQL that they start themselves. */
const withoutCluster = [
  "auth/rate-limit",
  "deployment/nginx-sample",
  "deployment/plain-owner",
  "deployment/systemd",
  "embedded",
  "embedded-strangers",
  "import/sql-server",
  "ingest-kill",
  "operations/backup-elsewhere",
  "output-closed",
  "stop-held",
].map((suite) => `tests/integration/${suite}.test.ts`);
/** What is waited for comes late on a busy machine, never at the second of the default. */
const expectOptions = { poll: { timeout: 20_000 } };
const alias = { "@": fileURLToPath(new URL(".", import.meta.url)) };
/** Tests of code without state of the process: their files share processes, as loading modules takes most of their time. */
const pure = ["tests/unit/{components,db,domain,texts}/**/*.test.ts"];
/** What a suite that shares its process leaves alone: the environment, modules, and which database there is. */
const changesProcess = /process\.env|refreshEnv|provideOwnDatabase|\bvi\.|spawn|bundle/;
/** Integration tests on the common database whose files share processes, which takes two thirds of their time away. */
const sharing = readdirSync("tests/integration", { recursive: true, encoding: "utf8" })
  .map((file) => `tests/integration/${file.replaceAll("\\", "/")}`)
  .filter((file) => file.endsWith(".test.ts") && !changesProcess.test(readFileSync(file, "utf8")));
const integration = {
  environment: "node" as const,
  // next-auth names next/server without its extension, which only a bundler resolves.
  server: { deps: { inline: ["next-auth"] } },
  globalSetup: ["tests/support/database.ts"],
  testTimeout: 60_000,
  expect: expectOptions,
  hookTimeout: 120_000,
  maxWorkers: 2,
};
const unit = {
  testTimeout: 60_000,
  expect: expectOptions,
  environment: "node" as const,
  // Vitest would leave one core idle, which is half of a machine with two.
  maxWorkers: "100%",
};

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      { resolve: { alias }, test: { ...unit, name: "unit-pure", include: pure, isolate: false } },
      {
        resolve: { alias },
        test: { ...unit, name: "unit", include: ["tests/unit/**/*.test.ts"], exclude: pure },
      },
      {
        resolve: { alias },
        test: {
          ...integration,
          name: "integration-sharing",
          include: sharing,
          exclude: process.env.CITUS_URL ? withoutCluster : [],
          isolate: false,
        },
      },
      {
        resolve: { alias },
        test: {
          ...integration,
          name: "integration",
          include: ["tests/integration/**/*.test.ts", ...onCitus],
          exclude: [...sharing, ...(process.env.CITUS_URL ? withoutCluster : [])],
        },
      },
    ],
  },
});
