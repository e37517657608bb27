import { mkdir, mkdtemp, open, rm, type FileHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Text } from "@/lib/domain/text";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { processState } from "@/lib/process-state";

const MEBIBYTE = 1024 * 1024;
const MOST_FILE_BYTES = 256 * MEBIBYTE;
const MOST_BYTES = 1_024 * MEBIBYTE;
const MOST_FILES = 48;
const MOST_FILES_PER_READER = 4;
/** Small, so that a slow reader is seen to make progress. */
const PIECE_BYTES = 64 * 1024;
const RETRY_SECONDS = 30;

interface Spooled {
  reader: string;
  bytes: number;
}

const spooled = processState("spool", () => new Set<Spooled>());

/** A file that was made as a whole and waits to be sent. */
export interface SpoolFile {
  bytes: number;
  /** The file in pieces; it is gone once they are read, or reading them ends. */
  pieces: AsyncGenerator<Uint8Array>;
}

/**
 * Writes all that comes to a file that only this process can read, so that its source is free before it is sent.
 *
 * @param reader whose files are counted together. @throws AppError `limited` where there are too many files already,
 * `invalid` for one that is too large, `unavailable` where the disk is full.
 */
export async function spool(reader: string, chunks: AsyncIterable<Uint8Array>): Promise<SpoolFile> {
  assertRoom(reader);
  const own: Spooled = { reader, bytes: 0 };
  spooled.add(own);
  let file: NamelessFile | undefined;
  try {
    file = await openNamelessFile();
    for await (const chunk of chunks) {
      await writeWhole(file.handle, chunk);
      own.bytes += chunk.length;
      assertFits(own.bytes);
    }
    return { bytes: own.bytes, pieces: readPieces(file, own) };
  } catch (error) {
    spooled.delete(own);
    await file?.close();
    throw isDiskFull(error) ? new AppError("unavailable", { key: "files.diskFull" }) : error;
  }
}

function assertRoom(reader: string): void {
  const ofReader = [...spooled].filter((file) => file.reader === reader).length;
  if (ofReader >= MOST_FILES_PER_READER) {
    throw new AppError("limited", { key: "files.tooManyOfYours" }, [], RETRY_SECONDS);
  }
  if (spooled.size >= MOST_FILES) throw noRoom();
}

function assertFits(bytes: number): void {
  if (bytes > MOST_FILE_BYTES) {
    const message: Text = { key: "files.tooLarge", values: { size: MOST_FILE_BYTES / MEBIBYTE } };
    throw new AppError("invalid", message, [{ field: "format", message }]);
  }
  if ([...spooled].reduce((sum, file) => sum + file.bytes, 0) > MOST_BYTES) throw noRoom();
}

function noRoom(): AppError {
  return new AppError("limited", { key: "files.tooMany" }, [], RETRY_SECONDS);
}

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT");
}

async function writeWhole(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let done = 0; done < chunk.length;) done += (await handle.write(chunk, done)).bytesWritten;
}

async function* readPieces(file: NamelessFile, own: Spooled): AsyncGenerator<Uint8Array> {
  try {
    for (let at = 0; at < own.bytes;) {
      const { buffer, bytesRead } = await file.handle.read(
        Buffer.allocUnsafe(PIECE_BYTES),
        0,
        PIECE_BYTES,
        at,
      );
      if (bytesRead === 0) throw new Error("A file that waited to be sent has become shorter.");
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    spooled.delete(own);
    await file.close();
  }
}

interface NamelessFile {
  handle: FileHandle;
  close(): Promise<void>;
}

/**
 * A file in DATA_DIR, else in the system's folder for temporary files, whose name is removed at once: the system
 * frees it however the process ends.
 */
async function openNamelessFile(): Promise<NamelessFile> {
  const folder = await makeFolder(spoolFolder()).catch(() => tmpdir());
  const made = await makeIn(folder).catch((error: unknown) => {
    if (folder === tmpdir() || isDiskFull(error)) throw error;
    return makeIn(tmpdir());
  });
  // Where an open file cannot be removed, it goes when it is closed, or at the next start.
  const isRemoved = await rm(made.own, { recursive: true }).then(
    () => true,
    () => false,
  );
  const close = async () => {
    await made.handle.close();
    if (!isRemoved) await rm(made.own, { recursive: true, force: true }).catch(() => undefined);
  };
  return { handle: made.handle, close };
}

async function makeIn(folder: string): Promise<{ own: string; handle: FileHandle }> {
  const own = await mkdtemp(path.join(folder, "winauthmon-"));
  try {
    return { own, handle: await open(path.join(own, "file"), "wx+", 0o600) };
  } catch (error) {
    await rm(own, { recursive: true, force: true });
    throw error;
  }
}

function spoolFolder(): string {
  return path.join(/* turbopackIgnore: true */ env().DATA_DIR, "spool");
}

/** Not DATA_DIR itself: hosting without one has only the folder for temporary files. */
async function makeFolder(folder: string): Promise<string> {
  await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  });
  return folder;
}

/** Removes what an earlier server left in DATA_DIR; for the start, before any file is made. */
export async function clearSpool(): Promise<void> {
  await rm(spoolFolder(), { recursive: true, force: true }).catch(() => undefined);
}
