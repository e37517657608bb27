import { copyFile, open, stat, truncate, type FileHandle } from "node:fs/promises";

const largestLogBytes = 5_000_000;
const checkEveryMs = 10 * 60_000;

/**
 * Opens PostgreSQL's log for appending, as a descriptor the server keeps after this process has gone.
 * It goes to the cluster's owner, who may be the one to start next time.
 */
export async function openLog(file: string, owner?: { uid: number; gid: number }): Promise<FileHandle> {
  await limitLog(file);
  const handle = await open(file, "a", 0o600);
  if (owner) await handle.chown(owner.uid, owner.gid);
  return handle;
}

/**
 * Keeps the log below about 5 MB: what is there becomes `postgres.log.1` and the file starts again.
 * It is emptied in place, because the server goes on writing to the file it was started with.
 */
async function limitLog(file: string): Promise<void> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size <= largestLogBytes) return;
  await copyFile(file, `${file}.1`);
  await truncate(file);
}

/** Looks after the log's size while the server runs. Returns the function that ends it. */
export function watchLogSize(file: string): () => void {
  const timer = setInterval(() => void limitLog(file).catch(() => undefined), checkEveryMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** The log's length in bytes, a mark from which {@link readLogFrom} can tell what one start wrote. */
export async function logLength(file: string): Promise<number> {
  return stat(file).then(
    (found) => found.size,
    () => 0,
  );
}

/** What was written to the log after the mark, at most its last 4 kB; the whole log's end for mark 0. */
export async function readLogFrom(file: string, mark: number): Promise<string> {
  const handle = await open(file, "r").catch(() => undefined);
  if (!handle) return "";
  try {
    const { size } = await handle.stat();
    const start = Math.max(mark > size ? 0 : mark, size - 4096, 0);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - start), 0, size - start, start);
    return buffer.toString("utf8", 0, bytesRead).trim();
  } finally {
    await handle.close();
  }
}
