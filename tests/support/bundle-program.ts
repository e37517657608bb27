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
