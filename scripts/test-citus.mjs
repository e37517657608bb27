import { ensureDependencies } from "./lib/dependencies.mjs";
import { runVitestProject } from "./lib/checks.mjs";
import { main, UserError } from "./lib/project.mjs";

const USAGE = `Set CITUS_URL to the coordinator of a Citus cluster that the tests may make databases on, as a superuser:

  CITUS_URL=postgresql://postgres@127.0.0.1:9700/winauthmon npm run test:citus [files]

The database of the address needs the extension and its nodes; see docs/citus.md. The tests leave it as it is.`;

// The integration tests, each on a database of its own that is distributed over the cluster of CITUS_URL.
await main(async () => {
  const url = process.env.CITUS_URL;
  if (!url) throw new UserError(USAGE);
  await ensureDependencies();
  process.env.TEST_DATABASE_URL = url;
  process.env.CITUS_SHARD_COUNT ??= "4";
  process.exitCode = await runVitestProject("integration", process.argv.slice(2));
});
