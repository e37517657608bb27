import { readFile } from "node:fs/promises";
import { closeDatabase, connect, database, type RawSql } from "@/db/client";
import { copyTables, refill } from "@/db/backup/copy";
import { makeScratchDatabase } from "@/db/backup/scratch";
import { silence } from "@/db/backup/silence";
import { listSequences, listTables, setSequences } from "@/db/backup/tables";
import { findUsage } from "@/db/backup/usage";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { stopListening } from "@/db/pg-notify";
import { holdsSetUpLock, tryToTakeSetUpLock } from "@/db/set-up-lock";
import { env } from "@/lib/env";
import { inEnglish } from "@/lib/english";
import { messageOf } from "@/lib/error-text";
import { AppError } from "@/lib/errors";
import { secretFiles, secretsInForce } from "@/lib/secrets-in-force";
import type { AuditActor } from "../audit/actor";
import { assertNoOthers, notAlone } from "../install/assert-no-others";
import { assertWritable, writeSafely } from "../secrets/secret-rotation-files";
import { assertOneServer } from "./assert-one-server";
import { secretCheck } from "./backup-files";
import { checkIntegrity } from "./check-integrity";
import { loadBackup } from "./load-backup";
import type { ReadArchive } from "./read-archive";

export interface RestoreOutcome {
  /** When the backup was made, ISO 8601 in UTC. */
  createdAt: string;
  rows: number;
  events: number;
  /**
   * `same`: keys and second steps can be read. `restored`: the secret came with the backup and now stands in the data
   * folder. `previous`: they are read with AUTH_SECRET_PREVIOUS until the secret is rotated. `different`: they cannot, until
   * AUTH_SECRET is that of the backup again.
   */
  secret: "same" | "previous" | "restored" | "different";
  /** Whether it sends nothing by itself. */
  isCopy: boolean;
}

/**
 * Puts a backup in the place of everything the database holds: first into a scratch database, where it is checked,
 * and from there in one transaction, so that a restore is done as a whole or not at all. A copy sends nothing by itself:
 * its channels are disabled and its scheduled reports paused. Servers and tools that start meanwhile wait.
 *
 * @throws AppError `conflict` while a server runs or starts, on a Citus cluster, or when the installation is in use and `isForced` is not
 * given; `invalid` for a file that is no whole backup.
 */
export async function restoreBackup(
  actor: AuditActor,
  file: string,
  { isForced = false, isCopy = false }: { isForced?: boolean; isCopy?: boolean } = {},
): Promise<RestoreOutcome> {
  const url = process.env.DATABASE_URL!;
  await stopListening();
  await closeDatabase();
  const target = connect(url, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    connection: { application_name: "winauthmon restore" },
  });
  try {
    if (!(await tryToTakeSetUpLock(target))) throw notAlone();
    await assertMayBeReplaced(target, isForced);
    const archive = await replaceAll(target, url, file, isCopy);
    const outcome = { ...outcomeOf(archive, await settleSecret(archive)), isCopy };
    await database().transaction((tx) =>
      insertAuditRow(tx, {
        ...actor,
        companyId: null,
        action: "backup.restore",
        outcome: "success",
        targetType: "backup",
        targetName: file,
        after: { ...outcome },
      }),
    );
    return outcome;
  } finally {
    await target.end({ timeout: 5 });
  }
}

async function replaceAll(target: RawSql, url: string, file: string, isCopy: boolean): Promise<ReadArchive> {
  const scratch = await makeScratchDatabase(url);
  try {
    const archive = await loadBackup(file, scratch.url);
    const problems = await checkIntegrity(scratch.url, archive.manifest);
    if (problems.length > 0)
      throw new AppError("invalid", `The backup is incomplete or damaged. ${problems.join(" ")}`);
    await assertSecretFits(archive);
    await replaceRows(scratch.url, target, isCopy);
    return archive;
  } finally {
    await scratch.drop();
  }
}

/** @throws AppError `conflict` as restoreBackup does. */
export async function assertMayBeReplaced(sql: RawSql, isForced: boolean): Promise<void> {
  await assertOneServer(sql);
  const { others, isInUse } = await findUsage(sql, `winauthmon pid ${process.pid}`);
  assertNoOthers(others);
  if (isInUse && !isForced) {
    throw new AppError(
      "conflict",
      "The installation is not empty: it has events, users or companies of its own. --force replaces them all.",
    );
  }
}

/**
 * In one transaction of `target`, which must hold the set-up lock.
 * @throws AppError `conflict` when it doesn't.
 */
export async function replaceRows(fromUrl: string, target: RawSql, isCopy: boolean): Promise<void> {
  const from = connect(fromUrl, { max: 1, idle_timeout: 0, max_lifetime: null });
  try {
    await target.begin(async (tx) => {
      // With a connection that was lost meanwhile, the lock went as well, and a server may have started.
      if (!(await holdsSetUpLock(tx))) throw notAlone();
      const tables = await listTables(tx);
      await refill(tx, tables, async () => {
        await copyTables(from, tx, tables);
        if (isCopy) await silence(tx, inEnglish({ key: "scheduleErrors.restoredCopy" }));
      });
      await setSequences(tx, await listSequences(from));
    });
  } finally {
    await from.end({ timeout: 5 });
  }
}

/** What becomes of the secret; `restored` is still to be done. */
async function secretOf({ header, secret }: ReadArchive): Promise<RestoreOutcome["secret"]> {
  const [current, previous] = secretsInForce();
  if (header.secretCheck === secretCheck(current)) return "same";
  if (previous && header.secretCheck === secretCheck(previous)) return "previous";
  const { current: path } = secretFiles(env().DATA_DIR);
  const isKeptThere = (await readFile(path, "utf8").catch(() => "")).trim() === current;
  return secret === null || !isKeptThere ? "different" : "restored";
}

/** @throws AppError `conflict` while the database is as it was, if the backup's secret could not take its place. */
async function assertSecretFits(archive: ReadArchive): Promise<void> {
  if ((await secretOf(archive)) !== "restored") return;
  const { current: path } = secretFiles(env().DATA_DIR);
  await assertWritable(path).catch((error: unknown) => {
    throw new AppError(
      "conflict",
      `Nothing was changed: the backup's secret can't be written to ${path}: ${messageOf(error)}`,
    );
  });
}

async function settleSecret(archive: ReadArchive): Promise<RestoreOutcome["secret"]> {
  const outcome = await secretOf(archive);
  if (outcome === "restored") await writeSafely(secretFiles(env().DATA_DIR).current, archive.secret!);
  return outcome;
}

function outcomeOf(
  { header, manifest }: ReadArchive,
  secret: RestoreOutcome["secret"],
): Omit<RestoreOutcome, "isCopy"> {
  return {
    createdAt: header.createdAt,
    rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0),
    events: manifest.tables.find(({ name }) => name === "events")?.rows ?? 0,
    secret,
  };
}
