import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Bundles a thread's program as `npm start` does, and returns the bundle's path. */
export async function bundleThread(source: string): Promise<string> {
  const name = `${path.basename(source, ".ts")}-${process.pid}.mjs`;
  const outfile = path.join(root, ".cache", "test-server", name);
  await build({
    absWorkingDir: root,
    entryPoints: [source],
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
