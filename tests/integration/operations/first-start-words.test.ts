import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase } from "@/db/client";
import { stopListening } from "@/db/pg-notify";
import { operatorActor } from "@/lib/services/audit/actor";
import { createBackup } from "@/lib/services/backup/create-backup";
import { refreshEnv } from "@/lib/env";
import { setSettings } from "../../support/aged-records";
import { provideOwnDatabase } from "../../support/own-database";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const program = path.join(root, "dist", `admin-test-${process.pid}.mjs`);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "winauthmon-first-start-"));
  process.env.DATA_DIR = folder;
  refreshEnv();
  await build({
    absWorkingDir: root,
    entryPoints: ["scripts/admin.ts"],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    alias: { "@": root },
    logLevel: "warning",
  });
});
afterAll(async () => {
  delete process.env.DATA_DIR;
  refreshEnv();
  await Promise.all([rm(folder, { recursive: true, force: true }), rm(program, { force: true })]);
});

/** Runs an admin command on the suite's database; all it printed, and its exit code. */
async function admin(...args: string[]): Promise<{ code: number | null; text: string }> {
  const child = spawn(process.execPath, [program, ...args], { cwd: root, env: process.env });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (text += String(chunk)));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, text };
}

describe("an empty installation", () => {
  provideOwnDatabase();

  it("tells of its first sign-in when a restore has failed", async () => {
    const failed = await admin("restore", path.join(folder, "missing.backup"));
    expect(failed.code).toBe(1);
    expect(failed.text).toContain("First sign-in: superadmin");
  });
});

describe("another empty installation", () => {
  provideOwnDatabase();

  it("is filled by a restore without a word of what the first start had made", async () => {
    await setSettings({ timeZone: "UTC" });
    const { file } = await createBackup(operatorActor("command line"), { folder });
    await stopListening();
    await closeDatabase();
    const restored = await admin("restore", file, "--force");
    expect(restored).toMatchObject({ code: 0, text: expect.stringContaining("Restored what there was") });
    expect(restored.text).not.toContain("First sign-in");
    expect(restored.text).not.toContain("First API key");
  });
});
