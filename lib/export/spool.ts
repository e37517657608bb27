import { mkdir, mkdtemp, open, rm, type FileHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { processState } from "@/lib/process-state";
import { SpoolRoom, type FileOwner, type KeptFile } from "./spool-room";

/** Small, so that a slow reader is seen to make progress. */
const PIECE_BYTES = 64 * 1024;

const room = processState("spool", () => new SpoolRoom());

/**
 * Writes all that comes to a file that only this process can read, so that its source is free before it is sent.
 *
 * @returns the file in pieces; it is gone once they are read, or reading them ends. @throws AppError `limited` where there
 * are too many files already, of all or of the owner, `invalid` for one that is too large, `unavailable` where the disk is
 * full.
 */
export async function spool(
  owner: FileOwner,
  chunks: AsyncIterable<Uint8Array>,
): Promise<AsyncGenerator<Uint8Array>> {
  const own = room.open(owner);
  let file: NamelessFile | undefined;
  try {
    file = await openNamelessFile();
    for await (const chunk of chunks) {
      await writeWhole(file.handle, chunk);
      room.grow(own, chunk.length);
    }
    return readPieces(file, own);
  } catch (error) {
    room.close(own);
    await file?.close();
    throw isDiskFull(error) ? new AppError("unavailable", { key: "files.diskFull" }) : error;
  }
}

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT");
}

async function writeWhole(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let done = 0; done < chunk.length;) done += (await handle.write(chunk, done)).bytesWritten;
}

async function* readPieces(file: NamelessFile, own: KeptFile): AsyncGenerator<Uint8Array> {
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
    room.close(own);
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
