import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** The suites of `npm run test:citus`, which runs the integration tests on a cluster too. */
const onCitus = process.env.CITUS_URL ? ["tests/citus/**/*.test.ts"] : [];
/** What is waited for comes late on a busy machine, never at the second of the default. */
const expectOptions = { poll: { timeout: 20_000 } };
const alias = { "@": fileURLToPath(new URL(".", import.meta.url)) };

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          testTimeout: 60_000,
          expect: expectOptions,
          include: ["tests/unit/**/*.test.ts"],
          environment: "node",
          // Vitest would leave one core idle, which is half of a machine with two.
          maxWorkers: "100%",
        },
      },
      {
        resolve: { alias },
        test: {
          name: "integration",
          include: ["tests/integration/**/*.test.ts", ...onCitus],
          environment: "node",
          // next-auth names next/server without its extension, which only a bundler resolves.
          server: { deps: { inline: ["next-auth"] } },
          globalSetup: ["tests/support/database.ts"],
          testTimeout: 60_000,
          expect: expectOptions,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
