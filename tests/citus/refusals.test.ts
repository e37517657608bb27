import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { operatorActor } from "@/lib/services/audit/actor";
import { listBackups } from "@/lib/services/backup/backup-files";
import { createBackup } from "@/lib/services/backup/create-backup";
import { restoreBackup } from "@/lib/services/backup/restore-backup";
import { fillIndexes } from "@/lib/services/upkeep/fill-indexes";
import { provideOwnDatabase } from "../support/own-database";

provideOwnDatabase();

const actor = operatorActor("command line");
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "winauthmon-citus-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("refuses a backup of a cluster and a restore into it, and names what to use", async () => {
  const refusal = { code: "conflict", message: expect.stringContaining("pg_basebackup") };
  await expect(createBackup(actor, { folder })).rejects.toMatchObject(refusal);
  await expect(restoreBackup(actor, path.join(folder, "none"), { isForced: true })).rejects.toMatchObject(
    refusal,
  );
  expect(await listBackups(folder)).toEqual([]);
});

it("leaves the indexes of a cluster to its workers", async () => {
  expect(await fillIndexes(new AbortController().signal)).toEqual({ indexes: 0, freedBytes: 0 });
});
