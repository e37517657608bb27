import { runChecks } from "./lib/checks.mjs";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { main, UserError } from "./lib/project.mjs";

const USAGE = `Set CITUS_URL to the coordinator of a Citus cluster on which the tests may make databases, as a superuser:

  CITUS_URL=postgresql://postgres@127.0.0.1:9700/winauthmon npm run test:citus

The database of the address needs the extension and its nodes; see docs/citus.md. The tests leave it as it is.`;

// The integration tests and those of tests/citus, on databases of their own that are distributed over that cluster.
await main(async () => {
  if (!process.env.CITUS_URL) throw new UserError(USAGE);
  await ensureDependencies();
  process.exitCode = await runChecks(["integration"]);
});
