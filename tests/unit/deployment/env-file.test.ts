import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { readProjectFile, root } from "../../support/dockerfile";

/** What the program finds of a variable that its .env sets by this text. */
function valueOf(text: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), "winauthmon-env-"));
  try {
    writeFileSync(path.join(folder, ".env"), `INITIAL_ADMIN_PASSWORD=${text}\n`);
    const script = `
      import nextEnv from "@next/env";
      nextEnv.loadEnvConfig(process.argv[1], false, { info() {}, error: console.error });
      process.stdout.write(process.env.INITIAL_ADMIN_PASSWORD ?? "");`;
    const args = ["--input-type=module", "--eval", script, folder];
    return execFileSync(process.execPath, args, {
      cwd: root,
      env: { NODE_ENV: "production" },
      encoding: "utf8",
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

it("a password with a dollar sign and a hash is read as .env.example and the guide say", () => {
  const [, written, meant] = /: ('.*?') is (\S+)\. /.exec(readProjectFile(".env.example"))!;
  expect(readProjectFile("docs/deployment.md")).toContain(`\`${written}\``);
  expect(valueOf(written!)).toBe(meant);
});
