import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";
import { AppError } from "@/lib/errors";
import {
  backupHeader,
  backupManifest,
  damaged,
  HEADER,
  MANIFEST,
  newerRelease,
  newTally,
  notABackup,
  SECRET,
  tallyUp,
  type BackupHeader,
  type BackupManifest,
  type Tally,
} from "./archive-format";

/** Of what is read as a whole; a table's rows are passed on as they come. */
const MOST_JSON_BYTES = 16 * 1024 * 1024;
const UNPACKED_BYTES = 256 * 1024;

type Entry = AsyncIterable<unknown> & { header: { name: string; size?: number } };

/** Takes a piece of a table's rows: COPY text that may be cut anywhere. */
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
  const unpacked = pipeline(createReadStream(file), createGunzip({ chunkSize: UNPACKED_BYTES }), entries);
  unpacked.catch(() => undefined);
  try {
    for await (const entry of entries) {
      const { name } = entry.header;
      if (!parts.header && name !== HEADER) throw notABackup();
      if (name === HEADER) parts.header = headerOf(await textOf(entry));
      else if (name === MANIFEST) parts.manifest = manifestOf(await textOf(entry));
      else if (name === SECRET) parts.secret = await textOf(entry);
      else await takeRows(entry, tallies, onRows);
    }
    await unpacked;
  } catch (error) {
    if (isDamage(error)) throw damaged("it cannot be unpacked");
    throw unreadable(file, error) ?? error;
  }
  if (!parts.header) throw notABackup();
  if (!parts.manifest) throw damaged("its end is missing");
  const archive = parts as ReadArchive;
  assertSums(archive, tallies);
  return archive;
}

async function textOf(entry: Entry): Promise<string> {
  if ((entry.header.size ?? 0) > MOST_JSON_BYTES) throw notABackup();
  const pieces: Buffer[] = [];
  for await (const piece of entry) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString("utf8");
}

async function takeRows(
  entry: Entry,
  tallies: Map<string, Tally>,
  onRows: RowsVisitor | undefined,
): Promise<void> {
  const table = /^tables\/([a-z_0-9]+)\/\d+\.copy$/.exec(entry.header.name)?.[1];
  if (!table) throw notABackup();
  const tally = tallies.get(table) ?? newTally();
  tallies.set(table, tally);
  for await (const piece of entry) {
    tallyUp(tally, piece as Buffer);
    await onRows?.(table, piece as Buffer);
  }
}

function headerOf(text: string): BackupHeader {
  const found = JSON.parse(text) as Partial<BackupHeader> | null;
  if (found?.format !== "winauthmon-backup") throw notABackup();
  if (found.formatVersion !== 1) throw newerRelease();
  const header = backupHeader.safeParse(found);
  if (!header.success) throw damaged("its beginning lacks something");
  return header.data;
}

function manifestOf(text: string): BackupManifest {
  const manifest = backupManifest.safeParse(JSON.parse(text));
  if (!manifest.success) throw damaged("its end lacks something");
  return manifest.data;
}

/** The header and the manifest list every table, also those without rows. */
function assertSums({ header, manifest }: ReadArchive, tallies: ReadonlyMap<string, Tally>): void {
  const inHeader = new Set(header.tables.map(({ name }) => name));
  const inManifest = new Set(manifest.tables.map(({ name }) => name));
  for (const name of new Set([...inHeader, ...inManifest, ...tallies.keys()])) {
    if (!inHeader.has(name) || !inManifest.has(name))
      throw damaged(`table ${name} is missing from its list of tables`);
  }
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
