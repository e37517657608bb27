import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../../..");

/** Opens files until there are no more descriptors, then ends well once `ancestors` has looked in vain three times. */
const PROGRAM = `
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
const read = fs.readFileSync;
let failures = 0;
let looked;
fs.readFileSync = (name, ...rest) => {
  try {
    return read(name, ...rest);
  } catch (error) {
    if (error.code === "EMFILE" && ++failures === 3) looked();
    throw error;
  }
};
syncBuiltinESMExports();
const { main } = await import("./scripts/lib/project.mjs");
await main(async () => {
  const enough = new Promise((resolve) => (looked = resolve));
  const timer = setInterval(() => undefined, 1000);
  const open = [];
  try {
    for (;;) open.push(fs.openSync("/dev/null"));
  } catch {}
  await enough;
  for (const descriptor of open) fs.closeSync(descriptor);
  clearInterval(timer);
  console.log("still here");
});
`;

it("a script that npm runs goes on while it is short of descriptors", async () => {
  const command = [process.execPath, "--input-type=module", "--eval", PROGRAM];
  const child = spawn("sh", ["-c", 'ulimit -n 64; "$@"; exit $?', "sh", ...command], {
    cwd: root,
    env: { ...process.env, npm_lifecycle_event: "start" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += String(chunk)));
  const [code] = (await once(child, "close")) as [number];
  expect({ output, code }).toEqual({ output: "still here\n", code: 0 });
});
