import path from "node:path";
import { fileURLToPath } from "node:url";
import { bundleProgram } from "./bundle-program";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Bundles a thread's program as `npm start` does, and returns the bundle's path. */
export async function bundleThread(source: string): Promise<string> {
  const name = `${path.basename(source, ".ts")}-${process.pid}.mjs`;
  const outfile = path.join(root, ".cache", "test-server", name);
  await bundleProgram(source, outfile);
  return outfile;
}
