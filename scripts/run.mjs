import { access } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { ensurePrograms } from "./lib/build.mjs";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { keepStandardOutput, main, root, UserError } from "./lib/project.mjs";

// node scripts/run.mjs <name> [arguments]: installs and bundles what is needed, then runs scripts/<name>.ts.
await main(async () => {
  const [name = "", ...args] = process.argv.slice(2);
  const source = path.join(root, "scripts", `${name}.ts`);
  await access(source).catch(() => {
    throw new UserError(`scripts/${name}.ts doesn't exist.`);
  });
  // Its answers are read by other programs.
  if (name === "admin" || args.includes("--json")) keepStandardOutput();
  await ensureDependencies();
  await ensurePrograms();
  process.env.NODE_ENV ??= "production";
  process.setSourceMapsEnabled(true);
  const program = path.join(root, "dist", `${name}.mjs`);
  process.argv = [process.argv[0], program, ...args];
  await import(pathToFileURL(program).href);
});
