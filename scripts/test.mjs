import { checks, runChecks } from "./lib/checks.mjs";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { main, UserError } from "./lib/project.mjs";

// npm test runs everything; npm test -- unit lint runs parts, in the order given.
await main(async () => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.find((name) => !Object.hasOwn(checks, name));
  if (unknown) throw new UserError(`Unknown check "${unknown}". Checks: ${Object.keys(checks).join(", ")}.`);
  await ensureDependencies();
  process.exitCode = await runChecks(wanted.length > 0 ? wanted : Object.keys(checks));
});
