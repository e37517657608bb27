import { existsSync } from "node:fs";
import { rename } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Bundles a program as `npm start` does. `alias` puts other modules in place of some. */
export async function bundleProgram(
  source: string,
  outfile: string,
  alias: Record<string, string> = {},
): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: [source],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20.9",
    format: "esm",
    packages: "external",
    alias: { "@": root, ...alias },
    logLevel: "warning",
  });
}

/** Where a run of the integration tests has the bundles that its suites share; elsewhere a process has its own. */
export function sharedBundles(): string {
  const run = process.env.TEST_DATABASE_TEMPLATE ?? String(process.pid);
  return path.join(root, ".cache", "test-server", run);
}

/** Bundles a program once for all suites of a run. Returns the bundle's path, which must stay. */
export async function bundleOnce(
  source: string,
  name: string,
  alias: Record<string, string> = {},
): Promise<string> {
  const outfile = path.join(sharedBundles(), `${name}.mjs`);
  if (existsSync(outfile)) return outfile;
  // Whole when it has its name, also where two suites make it at once.
  const own = path.join(sharedBundles(), `${name}-${process.pid}.mjs`);
  await bundleProgram(source, own, alias);
  await rename(own, outfile);
  return outfile;
}
