import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { refreshEnv } from "@/lib/env";
import { operatorActor } from "@/lib/services/audit/actor";
import { createBackup } from "@/lib/services/backup/create-backup";
import { restoreBackup } from "@/lib/services/backup/restore-backup";
import { setSettings } from "../../support/aged-records";
import { isLeftOut } from "../../support/citus";
import { everythingStored } from "../../support/import-suite";
import { provideOwnDatabase } from "../../support/own-database";
import { makeCompany } from "../../support/stored-events";

const actor = operatorActor("command line");
const FRESH = "another secret, made by a fresh installation";

describe.skipIf(isLeftOut("a backup is of one PostgreSQL server"))("the secret of a restored backup", () => {
  provideOwnDatabase();
  let folder: string;
  let secret: string;
  let file: string;
  const current = () => path.join(folder, "auth-secret");

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "winauthmon-restored-"));
    process.env.DATA_DIR = folder;
    refreshEnv();
    await setSettings({ timeZone: "UTC" });
    await makeCompany("Backed up");
    const options = { folder: path.join(folder, "made"), isVerified: false, isSecretIncluded: true };
    ({ file } = await createBackup(actor, options));
    await makeCompany("Since then");
    secret = process.env.AUTH_SECRET!;
    process.env.AUTH_SECRET = FRESH;
    await writeFile(current(), FRESH, { mode: 0o600 });
  });
  afterAll(async () => {
    process.env.AUTH_SECRET = secret;
    delete process.env.DATA_DIR;
    refreshEnv();
    await rm(folder, { recursive: true, force: true });
  });

  it("is tried before the rows are replaced, and stops the restore where it can't be written", async () => {
    const stored = await everythingStored();
    // Root may write everywhere, but no more than others into a file that is a folder.
    await mkdir(`${current()}.part`);
    await expect(restoreBackup(actor, file, { isForced: true })).rejects.toThrow(
      /Nothing was changed: the backup's secret can't be written to .*auth-secret/,
    );
    await rm(`${current()}.part`, { recursive: true });
    expect(await everythingStored()).toEqual(stored);
    expect(await readFile(current(), "utf8")).toBe(FRESH);
  });

  it("takes the place of a fresh one, whole and for its owner alone", async () => {
    const { ino } = await stat(current());
    expect(await restoreBackup(actor, file, { isForced: true })).toMatchObject({ secret: "restored" });
    expect(await readFile(current(), "utf8")).toBe(secret);
    const found = await stat(current());
    expect(found.mode & 0o777).toBe(0o600);
    // Another file under the name: the old one was never open to be written.
    expect(found.ino).not.toBe(ino);
    expect((await readdir(folder)).toSorted()).toEqual(["auth-secret", "made"]);
  });
});
