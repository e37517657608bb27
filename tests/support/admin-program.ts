import { spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll } from "vitest";
import { bundleProgram } from "./bundle-program";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Builds the command line for a suite; the answer runs it on the suite's database and gives all it printed. */
export function provideAdmin() {
  const program = path.join(root, "dist", `admin-test-${process.pid}-${Date.now()}.mjs`);
  beforeAll(() => bundleProgram("scripts/admin.ts", program));
  afterAll(() => rm(program, { force: true }));
  return async (...args: string[]): Promise<{ code: number | null; text: string }> => {
    const child = spawn(process.execPath, [program, ...args], { cwd: root, env: process.env });
    let text = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (text += String(chunk)));
    const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
    return { code, text };
  };
}
