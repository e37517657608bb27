import { randomBytes, randomUUID } from "node:crypto";
import { constants, existsSync } from "node:fs";
import { chown, copyFile, link, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { refreshSecrets, secretFiles } from "@/lib/secrets-in-force";

const SECRET_BYTES = 33;

function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString("base64");
}

/** Whether the folder keeps a previous secret: a rotation was begun and not finished. */
export function isRotationOpen(folder: string): boolean {
  return existsSync(secretFiles(folder).previous);
}

/**
 * Makes a new secret and keeps the one before it, unless a rotation is unfinished already.
 *
 * The old secret is on disk under its second name before the new one takes its place, so that at every moment the two
 * files hold all that is needed to open everything.
 */
export async function beginRotation(folder: string): Promise<"made" | "resumed" | "given"> {
  const { current, previous } = secretFiles(folder);
  const old = (await readFile(current, "utf8")).trim();
  const kept = await readFile(previous, "utf8").catch(() => "");
  if (kept.trim() !== "" && kept.trim() !== old) return "resumed";
  // AUTH_SECRET_PREVIOUS of the environment belongs to a rotation of its own, which comes first.
  if (kept === "" && process.env.AUTH_SECRET_PREVIOUS) return "given";
  await writeSafely(previous, old);
  await writeSafely(current, newSecret());
  refreshSecrets();
  return "made";
}

/** Deletes the previous secret, from which on nothing counts that was signed with it. */
export async function finishRotation(folder: string): Promise<void> {
  await rm(secretFiles(folder).previous, { force: true });
  await syncFolder(folder);
  refreshSecrets();
}

/**
 * Makes the first secret of a folder, unless it has one. The file is whole when it has its name, whenever the process is
 * killed, and of several that make it at once one does.
 */
export async function makeFirstSecret(folder: string): Promise<void> {
  const { current } = secretFiles(folder);
  if (existsSync(current)) return;
  // A unique name has no other writer. One that a killed process leaves is a secret of nothing.
  const partial = `${current}.${randomUUID()}.part`;
  await writeWhole(partial, newSecret());
  try {
    await link(partial, current);
    await syncFolder(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return;
    // Some file systems have no links: there, a copy must do, which is not whole at once.
    await copyFile(partial, current, constants.COPYFILE_EXCL).catch(unlessThere);
  } finally {
    await rm(partial, { force: true });
  }
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}

/** The file holds the old text or the new one, whatever happens, and only its owner may read it, who stays the same. */
export async function writeSafely(path: string, text: string): Promise<void> {
  const partial = partialOf(path);
  await writeWhole(partial, text);
  const owner = await stat(path).catch(() => null);
  // A server would not be able to read what root has put in the place of its file.
  if (owner) await chown(partial, owner.uid, owner.gid).catch(() => undefined);
  await rename(partial, path);
  await syncFolder(dirname(path));
}

/** @throws the file system's error when writeSafely could not write the file now. */
export async function assertWritable(path: string): Promise<void> {
  const partial = partialOf(path);
  await writeWhole(partial, newSecret());
  await rm(partial);
}

function partialOf(path: string): string {
  return `${path}.part`;
}

async function writeWhole(path: string, text: string): Promise<void> {
  const file = await open(path, "w", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders; its file system keeps renames in order.
  const handle = await open(folder, "r").catch(() => null);
  await handle?.sync().finally(() => handle.close());
}
