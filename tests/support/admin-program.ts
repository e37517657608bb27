import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { beforeAll } from "vitest";
import { bundleOnce } from "./bundle-program";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Builds a command line for a suite; the answer runs it on the suite's database and gives all it printed. */
export function provideAdmin(name: "admin" | "import" = "admin") {
  let program: string;
  beforeAll(async () => {
    program = await bundleOnce(`scripts/${name}.ts`, name);
  });
  return async (...args: string[]): Promise<{ code: number | null; text: string }> => {
    const child = spawn(process.execPath, [program, ...args], { cwd: root, env: process.env });
    let text = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (text += String(chunk)));
    const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
    return { code, text };
  };
}
