import { createHash, type Hash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { open, rename, rm, stat } from "node:fs/promises";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { extract, pack, type Pack } from "tar-stream";
import type { SequenceState, TableShape } from "@/db/backup/tables";
import { AppError } from "@/lib/errors";
import { PART } from "./backup-files";

/** First entry of an archive: what it is and which schema its tables have. */
export interface BackupHeader {
  format: "winauthmon-backup";
  formatVersion: 1;
  appVersion: string;
  /** ISO 8601 in UTC; everything committed before is in the backup. */
  createdAt: string;
  postgresVersion: string;
  migrations: number[];
  tables: Pick<TableShape, "name" | "columns">[];
  /** Tells whether a server has the AUTH_SECRET under which keys and second steps are sealed, without giving it away. */
  secretCheck: string;
}

/** Last entry: without it the archive is not whole. */
export interface BackupManifest {
  tables: { name: string; rows: number; sha256: string }[];
  sequences: SequenceState[];
}

const HEADER = "header.json";
const MANIFEST = "manifest.json";
const SECRET = "auth-secret";
const CHUNK_BYTES = 4 * 1024 * 1024;
const NEWLINE = 10;
const MOST_JSON_BYTES = 16 * 1024 * 1024;

interface Tally {
  rows: number;
  hash: Hash;
}

const newTally = (): Tally => ({ rows: 0, hash: createHash("sha256") });

/** COPY text ends every row with a line feed and has none inside one. */
function tallyUp(tally: Tally, chunk: Buffer): void {
  tally.hash.update(chunk);
  for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) tally.rows += 1;
}

/** Writes a backup: a gzipped tar file, each table in pieces of a few megabytes of COPY text. */
export class ArchiveWriter {
  readonly #pack: Pack = pack();
  readonly #written: Promise<void>;
  readonly #tables: BackupManifest["tables"] = [];

  /** Until it is published, the file has this name, under which nobody takes it for a backup. */
  readonly partial: string;

  constructor(readonly file: string) {
    this.partial = `${file}${PART}`;
    const out = createWriteStream(this.partial, { mode: 0o600, flags: "wx" });
    this.#written = pipeline(this.#pack, createGzip({ level: 3 }), out);
    this.#written.catch(() => undefined);
  }

  async begin(header: BackupHeader): Promise<void> {
    await this.#add(HEADER, Buffer.from(JSON.stringify(header, null, 2)));
  }

  async addSecret(secret: string): Promise<void> {
    await this.#add(SECRET, Buffer.from(secret));
  }

  async addTable(name: string, rows: Readable, signal?: AbortSignal): Promise<void> {
    const tally = newTally();
    let pieces: Buffer[] = [];
    let length = 0;
    let number = 0;
    const flush = async () => {
      if (length === 0) return;
      number += 1;
      await this.#add(`tables/${name}/${String(number).padStart(6, "0")}.copy`, Buffer.concat(pieces));
      [pieces, length] = [[], 0];
    };
    for await (const piece of rows as AsyncIterable<Buffer>) {
      signal?.throwIfAborted();
      tallyUp(tally, piece);
      pieces.push(piece);
      length += piece.length;
      if (length >= CHUNK_BYTES) await flush();
    }
    await flush();
    this.#tables.push({ name, rows: tally.rows, sha256: tally.hash.digest("hex") });
  }

  /** Makes the file whole and waits for the disk. @returns rows per table and the file's size in bytes. */
  async finish(sequences: SequenceState[]): Promise<{ manifest: BackupManifest; bytes: number }> {
    const manifest = { tables: this.#tables, sequences };
    await this.#add(MANIFEST, Buffer.from(JSON.stringify(manifest, null, 2)));
    this.#pack.finalize();
    await this.#written;
    const handle = await open(this.partial, "r+");
    await handle.sync().finally(() => handle.close());
    return { manifest, bytes: (await stat(this.partial)).size };
  }

  async publish(): Promise<void> {
    await rename(this.partial, this.file);
  }

  async giveUp(): Promise<void> {
    this.#pack.destroy();
    await this.#written.catch(() => undefined);
    await rm(this.partial, { force: true });
  }

  #add(name: string, content: Buffer): Promise<void> {
    const added = new Promise<void>((resolve, reject) => {
      this.#pack.entry({ name, size: content.length, mode: 0o600 }, content, (error) =>
        error ? reject(error) : resolve(),
      );
    });
    // A full disk ends the file, not the entry.
    return Promise.race([added, this.#written.then(() => undefined)]);
  }
}

/** Takes a piece of a table's rows, as COPY text of whole lines. */
export type RowsVisitor = (table: string, rows: Buffer) => Promise<void>;

export interface ReadArchive {
  header: BackupHeader;
  manifest: BackupManifest;
  secret: string | null;
}

/**
 * Reads an archive from beginning to end and checks it against its own sums.
 *
 * @throws AppError `invalid` when it is no backup, damaged or cut off, or can't be read.
 */
export async function readArchive(file: string, onRows?: RowsVisitor): Promise<ReadArchive> {
  const parts: Partial<ReadArchive> = { secret: null };
  const tallies = new Map<string, Tally>();
  const entries = extract();
  const unpacked = pipeline(createReadStream(file), createGunzip(), entries);
  unpacked.catch(() => undefined);
  try {
    for await (const entry of entries) {
      const { name } = entry.header;
      if (!parts.header && name !== HEADER) throw notABackup();
      const content = await contentOf(entry);
      if (name === HEADER) parts.header = headerOf(content);
      else if (name === MANIFEST) parts.manifest = JSON.parse(content.toString("utf8")) as BackupManifest;
      else if (name === SECRET) parts.secret = content.toString("utf8");
      else await takeRows(name, content, tallies, onRows);
    }
    await unpacked;
  } catch (error) {
    if (isDamage(error)) throw damaged("it cannot be unpacked");
    throw unreadable(file, error) ?? error;
  }
  if (!parts.header) throw notABackup();
  if (!parts.manifest) throw damaged("its end is missing");
  assertSums(parts.manifest, tallies);
  return parts as ReadArchive;
}

async function contentOf(entry: AsyncIterable<unknown> & { header: { size?: number } }): Promise<Buffer> {
  if ((entry.header.size ?? 0) > MOST_JSON_BYTES) throw notABackup();
  const pieces: Buffer[] = [];
  for await (const piece of entry) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

async function takeRows(
  name: string,
  rows: Buffer,
  tallies: Map<string, Tally>,
  onRows: RowsVisitor | undefined,
): Promise<void> {
  const table = /^tables\/([a-z_0-9]+)\/\d+\.copy$/.exec(name)?.[1];
  if (!table) throw notABackup();
  const tally = tallies.get(table) ?? newTally();
  tallies.set(table, tally);
  tallyUp(tally, rows);
  await onRows?.(table, rows);
}

function headerOf(content: Buffer): BackupHeader {
  const header = JSON.parse(content.toString("utf8")) as BackupHeader;
  if (header.format !== "winauthmon-backup") throw notABackup();
  if (header.formatVersion !== 1) throw newerRelease();
  return header;
}

function assertSums(manifest: BackupManifest, tallies: ReadonlyMap<string, Tally>): void {
  for (const { name, rows, sha256 } of manifest.tables) {
    const tally = tallies.get(name) ?? newTally();
    if (tally.rows !== rows || tally.hash.digest("hex") !== sha256)
      throw damaged(`table ${name} has changed`);
  }
}

/** What tar-stream says of a file that is no tar file, or not a whole one. */
const TAR_DAMAGE = /^(Invalid tar header|Invalid header|Header exceeds max size|Unexpected end of data)/;

function isDamage(error: unknown): boolean {
  if (error instanceof SyntaxError) return true;
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  return code.startsWith("Z_") || code === "ERR_STREAM_PREMATURE_CLOSE" || TAR_DAMAGE.test(error.message);
}

const FILE_TEXTS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "there is no such file",
  EACCES: "this user may not read it",
  EPERM: "this user may not read it",
  EISDIR: "it is a folder",
};

/** An error of the file itself in words; undefined for any other, such as one of the database's socket. */
function unreadable(file: string, error: unknown): AppError | undefined {
  const { code, syscall } = error as NodeJS.ErrnoException;
  const why = syscall === "open" || syscall === "read" ? FILE_TEXTS[code ?? ""] : undefined;
  return why === undefined ? undefined : new AppError("invalid", `Can't read the backup ${file}: ${why}.`);
}

export function newerRelease(): AppError {
  return new AppError("invalid", "The backup was made by a newer release. Restore it with that one.");
}

function notABackup(): AppError {
  return new AppError("invalid", "The file is not a backup of WinAuthMon.");
}

function damaged(how: string): AppError {
  return new AppError("invalid", `The backup is damaged: ${how}. Use another one.`);
}
