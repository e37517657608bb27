import { createHash, type Hash } from "node:crypto";
import { z } from "zod";
import { AppError } from "@/lib/errors";

/** First entry of an archive: what it is and which schema its tables have. */
export const backupHeader = z.object({
  format: z.literal("winauthmon-backup"),
  formatVersion: z.literal(1),
  appVersion: z.string(),
  /** ISO 8601 in UTC; everything committed before is in the backup. */
  createdAt: z.string(),
  postgresVersion: z.string(),
  migrations: z.array(z.number()).min(1),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()) })),
  /** Tells whether a server has the AUTH_SECRET under which keys and second steps are sealed, without giving it away. */
  secretCheck: z.string(),
});
export type BackupHeader = z.infer<typeof backupHeader>;

/** Last entry: without it the archive is not whole. */
export const backupManifest = z.object({
  tables: z.array(z.object({ name: z.string(), rows: z.number(), sha256: z.string() })),
  sequences: z.array(z.object({ name: z.string(), lastValue: z.string(), isCalled: z.boolean() })),
});
export type BackupManifest = z.infer<typeof backupManifest>;

export const HEADER = "header.json";
export const MANIFEST = "manifest.json";
export const SECRET = "auth-secret";
const NEWLINE = 10;

/** What a table's rows come to. */
export interface Tally {
  rows: number;
  hash: Hash;
}

export const newTally = (): Tally => ({ rows: 0, hash: createHash("sha256") });

/** COPY text ends every row with a line feed and has none inside one. */
export function tallyUp(tally: Tally, chunk: Buffer): void {
  tally.hash.update(chunk);
  for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) tally.rows += 1;
}

export function newerRelease(): AppError {
  return new AppError("invalid", "The backup was made by a newer release. Restore it with that one.");
}

export function notABackup(): AppError {
  return new AppError("invalid", "The file is not a backup of WinAuthMon.");
}

/** `how` is the rest of a sentence. */
export function damaged(how: string): AppError {
  return new AppError("invalid", `The backup is damaged: ${how}. Use another one.`);
}
