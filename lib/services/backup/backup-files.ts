import { createHmac } from "node:crypto";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { isAhead } from "@/lib/domain/operations/clock-ahead";
import { env } from "@/lib/env";

export interface BackupFile {
  name: string;
  /** Epoch milliseconds, from the name. */
  createdAt: number;
  bytes: number;
  /** Made by the job, which deletes it again. Older releases gave the same name to those made by hand. */
  isScheduled: boolean;
}

const NAME = /^winauthmon-(?:manual-)?(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z\.tar\.gz$/;
/** What follows the name of a backup that isn't whole yet. */
export const PART = ".part";
const MANUAL = "winauthmon-manual-";

/** Where backups go unless told otherwise. */
export function backupFolder(): string {
  return join(env().DATA_DIR, "backups");
}

export async function openBackupFolder(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

export function backupFileName(at: Date, { isScheduled }: { isScheduled: boolean }): string {
  return `${isScheduled ? "winauthmon-" : MANUAL}${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z.tar.gz`;
}

/** The whole backups in a folder, newest first; none when there is no such folder. */
export async function listBackups(folder: string): Promise<BackupFile[]> {
  const names = await readdir(folder).catch((): string[] => []);
  const files = await Promise.all(
    names.filter((name) => NAME.test(name)).map(async (name) => ({ name, ...(await factsOf(folder, name)) })),
  );
  return files.toSorted((a, b) => b.createdAt - a.createdAt);
}

async function factsOf(folder: string, name: string): Promise<Omit<BackupFile, "name">> {
  const [year, month, day, hour, minute, second] = NAME.exec(name)!.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const createdAt = Date.UTC(year, month - 1, day, hour, minute, second);
  const { size } = await stat(join(folder, name));
  return { createdAt, bytes: size, isScheduled: !name.startsWith(MANUAL) };
}

/**
 * Deletes all but the newest `keepCount` scheduled backups as of the one just made, and pieces that a dead process has
 * left; gives how many backups went. Only older ones go: what a clock that was ahead has named neither counts nor goes
 * before its time. Backups made by hand stay, as do files of others.
 */
export async function pruneBackups(folder: string, keepCount: number, justMade: string): Promise<number> {
  for (const name of await readdir(folder)) {
    if (name.endsWith(PART) && NAME.test(name.slice(0, -PART.length)))
      await rm(join(folder, name), { force: true });
  }
  const { createdAt: madeAt } = await factsOf(folder, basename(justMade));
  const scheduled = (await listBackups(folder)).filter(
    ({ isScheduled, createdAt }) => isScheduled && !isAhead(createdAt, madeAt),
  );
  const old = scheduled.slice(keepCount).filter(({ createdAt }) => createdAt < madeAt);
  for (const { name } of old) await rm(join(folder, name), { force: true });
  return old.length;
}

/** Equal for equal secrets, and tells nothing else of them. */
export function secretCheck(secret: string): string {
  return createHmac("sha256", secret).update("winauthmon backup").digest("hex").slice(0, 16);
}
