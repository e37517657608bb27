import { createHmac } from "node:crypto";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { env } from "@/lib/env";

export interface BackupFile {
  name: string;
  /** Epoch milliseconds, from the name. */
  createdAt: number;
  bytes: number;
}

const NAME = /^winauthmon-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z\.tar\.gz$/;

/** Where backups go unless told otherwise. */
export function backupFolder(): string {
  return join(env().DATA_DIR, "backups");
}

export async function openBackupFolder(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

export function backupFileName(at: Date): string {
  return `winauthmon-${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z.tar.gz`;
}

/** The whole backups in a folder, newest first; none when there is no such folder. */
export async function listBackups(folder: string): Promise<BackupFile[]> {
  const names = await readdir(folder).catch((): string[] => []);
  const files = await Promise.all(
    names.filter((name) => NAME.test(name)).map(async (name) => ({ name, ...(await factsOf(folder, name)) })),
  );
  return files.toSorted((a, b) => b.createdAt - a.createdAt);
}

async function factsOf(folder: string, name: string): Promise<{ createdAt: number; bytes: number }> {
  const [year, month, day, hour, minute, second] = NAME.exec(name)!.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const createdAt = Date.UTC(year, month - 1, day, hour, minute, second);
  return { createdAt, bytes: (await stat(join(folder, name))).size };
}

/** Deletes all but the newest `keepCount` backups, and pieces that a dead process has left; gives how many backups went. */
export async function pruneBackups(folder: string, keepCount: number): Promise<number> {
  for (const name of await readdir(folder)) {
    if (name.endsWith(".part")) await rm(join(folder, name), { force: true });
  }
  const old = (await listBackups(folder)).slice(keepCount);
  for (const { name } of old) await rm(join(folder, name), { force: true });
  return old.length;
}

/** Equal for equal secrets, and tells nothing else of them. */
export function secretCheck(secret: string): string {
  return createHmac("sha256", secret).update("winauthmon backup").digest("hex").slice(0, 16);
}
