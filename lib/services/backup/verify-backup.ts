import { rm, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import { databaseBytes, logBytes, makeScratchDatabase } from "@/db/backup/scratch";
import { makeDataFolder } from "@/db/data-folder";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "@/db/embedded";
import { roomOfCheck } from "@/lib/domain/operations/check-room";
import { env } from "@/lib/env";
import { messageOf } from "@/lib/error-text";
import { AppError } from "@/lib/errors";
import { logger } from "@/lib/logger";
import { installationState } from "../install/installation-state";
import type { BackupManifest } from "./archive-format";
import { checkIntegrity } from "./check-integrity";
import { loadBackup } from "./load-backup";

const NO_ROOM = "There is not enough free space for a scratch copy.";

/** Whether the disk has no room, as Node.js or PostgreSQL says it. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "53100");
}

/**
 * Restores the file into a scratch database and checks the copy; says why that was not possible, or null when it is whole.
 *
 * The copy is in DATA_DIR: beside the program's own database, otherwise in a PostgreSQL that is started for the check. The
 * disk of a database elsewhere can't be looked at, and a copy could fill it and stop the portal.
 * @throws AppError `internal` when the copy is not whole; the signal's reason, with nothing of the copy left.
 */
export async function verifyBackup(
  file: string,
  manifest: BackupManifest,
  signal?: AbortSignal,
): Promise<string | null> {
  const url = process.env.DATABASE_URL!;
  const isOwnDatabase = installationState.opened?.isEmbedded === true;
  const needed = roomOfCheck({
    bytes: await databaseBytes(url),
    logBytes: isOwnDatabase ? await logBytes(url) : null,
  });
  const room = await roomOfData().catch((error: unknown) => messageOf(error));
  if (typeof room === "string") return `DATA_DIR could not be looked at: ${room}`;
  if (room < needed) return NO_ROOM;
  return isOwnDatabase ? checkBeside(url, file, manifest, signal) : checkApart(file, manifest, signal);
}

/** Bytes. Where the database is elsewhere and the secret in the environment, nothing may have made the folder yet. */
async function roomOfData(): Promise<number> {
  const { DATA_DIR } = env();
  await makeDataFolder(DATA_DIR);
  const { bavail, bsize } = await statfs(DATA_DIR);
  return bavail * bsize;
}

async function checkApart(
  file: string,
  manifest: BackupManifest,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  const dataDir = join(env().DATA_DIR, "backup-check");
  let postgres: EmbeddedPostgres;
  try {
    await removeLeftover(dataDir);
    postgres = await startCheck(dataDir, signal);
  } catch (error) {
    if (!signal?.aborted) return `The PostgreSQL for the check could not be started: ${messageOf(error)}`;
    await removeFolder(dataDir);
    throw error;
  }
  try {
    return await checkBeside(postgres.url, file, manifest, signal);
  } finally {
    await postgres.stop();
    await removeFolder(dataDir);
  }
}

function startCheck(dataDir: string, signal?: AbortSignal): Promise<EmbeddedPostgres> {
  const log = (message: string) => logger.info({ component: "postgres" }, `Backup check: ${message}`);
  return startEmbeddedPostgres({ dataDir, log, signal });
}

/** A program that was killed during a check leaves its PostgreSQL running, which is taken over in order to be stopped. */
async function removeLeftover(dataDir: string): Promise<void> {
  if (!(await stat(join(dataDir, "postgres")).catch(() => null))) return;
  await startCheck(dataDir).then(
    (postgres) => postgres.stop(),
    () => undefined,
  );
  await removeFolder(dataDir);
}

function removeFolder(dataDir: string): Promise<void> {
  return rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

async function checkBeside(
  url: string,
  file: string,
  manifest: BackupManifest,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  const scratch = await makeScratchDatabase(url);
  try {
    await loadBackup(file, scratch.url, signal);
    signal?.throwIfAborted();
    const problems = await checkIntegrity(scratch.url, manifest);
    if (problems.length > 0) {
      throw new AppError(
        "internal",
        `The backup is incomplete or damaged and was deleted. ${problems.join(" ")}`,
      );
    }
    return null;
  } catch (error) {
    // Others may have taken the room meanwhile.
    if (isDiskFull(error)) return NO_ROOM;
    throw error;
  } finally {
    await scratch.drop();
  }
}
