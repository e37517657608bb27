import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { refreshSecrets, secretFiles } from "@/lib/secrets-in-force";

const SECRET_BYTES = 33;

export function newSecret(): string {
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

/** The file holds the old text or the new one, whatever happens, and only its owner may read it. */
async function writeSafely(path: string, text: string): Promise<void> {
  const partial = `${path}.part`;
  const file = await open(partial, "w", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(partial, path);
  await syncFolder(dirname(path));
}

async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders; its file system keeps renames in order.
  const handle = await open(folder, "r").catch(() => null);
  await handle?.sync().finally(() => handle.close());
}
