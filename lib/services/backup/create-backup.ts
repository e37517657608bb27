import { join } from "node:path";
import { connect, database } from "@/db/client";
import { copyOut } from "@/db/backup/copy";
import { listSequences, listTables } from "@/db/backup/tables";
import { listMigrations } from "@/db/migrate";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { AppError } from "@/lib/errors";
import { secretsInForce } from "@/lib/secrets-in-force";
import type { AuditActor } from "../audit/actor";
import { checkSeals } from "../secrets/check-seals";
import { appVersion } from "../system/app-version";
import type { BackupManifest } from "./archive-format";
import { assertOneServer } from "./assert-one-server";
import { backupFileName, openBackupFolder, secretCheck } from "./backup-files";
import { isDiskFull, verifyBackup } from "./verify-backup";
import { ArchiveWriter } from "./write-archive";

export interface BackupOptions {
  folder: string;
  /** Puts AUTH_SECRET into the file, which then opens everything. */
  isSecretIncluded?: boolean;
  isVerified?: boolean;
  /** Made by the job, which deletes it when there are enough newer ones. */
  isScheduled?: boolean;
  signal?: AbortSignal;
}

export interface BackupOutcome {
  file: string;
  bytes: number;
  /** In all tables. */
  rows: number;
  events: number;
  seconds: number;
  /** Restored into a scratch database and found whole. */
  isVerified: boolean;
  /** Why it was not verified. */
  note: string | null;
}

/**
 * Saves every table as of one moment while the portal goes on, and restores the file into a scratch database to see
 * that it is whole. Only then does it get its name. @throws AppError `conflict` on a Citus cluster; when the restored
 * copy is not whole, or the disk is full; no file is left then.
 */
export async function createBackup(actor: AuditActor, options: BackupOptions): Promise<BackupOutcome> {
  const startedAt = performance.now();
  if (options.isSecretIncluded) await assertOneSecretOpensAll();
  const folder = await openBackupFolder(options.folder);
  const file = join(folder, backupFileName(new Date(), { isScheduled: options.isScheduled === true }));
  const { manifest, bytes, note } = await makeFile(file, options);
  const outcome = {
    file,
    bytes,
    rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0),
    events: manifest.tables.find(({ name }) => name === "events")?.rows ?? 0,
    seconds: Math.round((performance.now() - startedAt) / 100) / 10,
    isVerified: note === null,
    note,
  };
  await database().transaction((tx) =>
    insertAuditRow(tx, {
      ...actor,
      companyId: null,
      action: "backup.create",
      outcome: "success",
      targetType: "backup",
      targetName: file,
      after: { ...outcome, isSecretIncluded: options.isSecretIncluded === true },
    }),
  );
  return outcome;
}

async function assertOneSecretOpensAll(): Promise<void> {
  if ((await checkSeals()).every(({ previous }) => previous === 0)) return;
  throw new AppError(
    "conflict",
    "Some stored secrets still need AUTH_SECRET_PREVIOUS, so one secret would not open this backup. Run `npm run admin -- rotate-secret` first.",
  );
}

interface WrittenArchive {
  manifest: BackupManifest;
  bytes: number;
}

async function makeFile(
  file: string,
  options: BackupOptions,
): Promise<WrittenArchive & Pick<BackupOutcome, "note">> {
  const writer = new ArchiveWriter(file);
  try {
    const written = await writeArchive(writer, options);
    const note =
      options.isVerified === false
        ? "--no-verify was used."
        : await verifyBackup(writer.partial, written.manifest, options.signal);
    await writer.publish();
    return { ...written, note };
  } catch (error) {
    await writer.giveUp();
    throw isDiskFull(error)
      ? new AppError("unavailable", "The disk is full: the backup was canceled.")
      : error;
  }
}

async function writeArchive(
  writer: ArchiveWriter,
  { isSecretIncluded, signal }: BackupOptions,
): Promise<WrittenArchive> {
  const sql = connect(process.env.DATABASE_URL!, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    connection: { application_name: "winauthmon backup" },
  });
  try {
    await assertOneServer(sql);
    const written = await sql.begin("isolation level repeatable read read only", async (tx) => {
      const tables = await listTables(tx);
      await writer.begin({
        format: "winauthmon-backup",
        formatVersion: 1,
        appVersion: (await appVersion()).version,
        createdAt: new Date().toISOString(),
        postgresVersion: (await tx<{ server_version: string }[]>`show server_version`)[0]!.server_version,
        migrations: await listMigrations(tx),
        tables: tables.map(({ name, columns }) => ({ name, columns })),
        secretCheck: secretCheck(secretsInForce()[0]),
      });
      if (isSecretIncluded) await writer.addSecret(secretsInForce()[0]);
      for (const table of tables) await writer.addTable(table.name, await copyOut(tx, table), signal);
      // Read last: a number series that has moved on meanwhile only leaves a gap.
      return writer.finish(await listSequences(tx));
    });
    return written as WrittenArchive;
  } finally {
    await sql.end({ timeout: 5 });
  }
}
