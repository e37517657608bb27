import { runChecks } from "./lib/checks.mjs";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { main } from "./lib/project.mjs";

// What can be known within a minute and without a database.
await main(async () => {
  await ensureDependencies();
  process.exitCode = await runChecks(["format", "lint", "types", "unused", "texts", "unit"]);
});
