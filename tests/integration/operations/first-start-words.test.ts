import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase } from "@/db/client";
import { stopListening } from "@/db/pg-notify";
import { operatorActor } from "@/lib/services/audit/actor";
import { createBackup } from "@/lib/services/backup/create-backup";
import { refreshEnv } from "@/lib/env";
import { provideAdmin } from "../../support/admin-program";
import { setSettings } from "../../support/aged-records";
import { isLeftOut } from "../../support/citus";
import { provideOwnDatabase } from "../../support/own-database";

const admin = provideAdmin();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "winauthmon-first-start-"));
  process.env.DATA_DIR = folder;
  refreshEnv();
});
afterAll(async () => {
  delete process.env.DATA_DIR;
  refreshEnv();
  await rm(folder, { recursive: true, force: true });
});

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

  it.skipIf(isLeftOut("a backup is of one PostgreSQL server"))(
    "is filled by a restore without a word of what the first start had made",
    async () => {
      await setSettings({ timeZone: "UTC" });
      const { file } = await createBackup(operatorActor("command line"), { folder });
      await stopListening();
      await closeDatabase();
      const restored = await admin("restore", file, "--force");
      expect(restored).toMatchObject({ code: 0, text: expect.stringContaining("Restored the backup of") });
      expect(restored.text).not.toContain("First sign-in");
      expect(restored.text).not.toContain("First API key");
    },
  );
});
