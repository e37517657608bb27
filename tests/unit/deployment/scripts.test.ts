import { spawn } from "node:child_process";
import type { Writable } from "node:stream";
import { expect, test } from "vitest";
import { root } from "../../support/dockerfile";

interface Ended {
  code: number | null;
  output: string;
}

/** Runs a line of shell in the project's folder; `hear` is told what it has written so far and may write to it. */
function runShell(line: string, hear?: (output: string, stdin: Writable) => void): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn("/bin/sh", ["-c", line], { cwd: root, stdio: ["pipe", "pipe", "inherit"] });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += String(chunk);
      hear?.(output, child.stdin);
    });
    child.once("close", (code) => resolve({ code, output }));
  });
}

test.skipIf(process.platform === "win32")(
  "a command under npm outlives a time without file descriptors",
  async () => {
    const ended = await runShell(
      `ulimit -n 128 && "${process.execPath}" tests/support/starved-script.mjs; exit $?`,
    );
    expect(ended).toEqual({ code: 0, output: "starving\nsurvived\n" });
  },
);

test.skipIf(process.platform === "win32")("a command under npm ends when npm has ended", async () => {
  // The shell in the middle ends, as npm's does, and leaves the script to a new parent.
  const script = `
    process.env.npm_lifecycle_event = "start";
    const { main } = await import("./scripts/lib/project.mjs");
    process.once("SIGTERM", () => { process.stdout.write("ended"); process.exit(0); });
    await main(() => { process.stdout.write("ready "); return new Promise(() => setInterval(() => {}, 1000)); });`;
  const line = `"${process.execPath}" --input-type=module -e '${script}' & read -r line; exit 0`;
  const ended = await runShell(line, (output, stdin) => output === "ready " && stdin.end("end\n"));
  expect(ended).toEqual({ code: 0, output: "ready ended" });
});
