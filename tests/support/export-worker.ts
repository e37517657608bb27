import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Bundles the thread that writes files as `npm start` does, and returns the bundle's path. */
export async function bundleExportWorker(): Promise<string> {
  const outfile = path.join(root, ".cache", "test-server", `export-worker-${process.pid}.mjs`);
  await build({
    absWorkingDir: root,
    entryPoints: ["lib/export/export-worker-main.ts"],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20.9",
    format: "esm",
    packages: "external",
    alias: { "@": root },
    logLevel: "warning",
  });
  return outfile;
}
