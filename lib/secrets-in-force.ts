import { hkdfSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { processState } from "./process-state";

const READ_AGAIN_MILLISECONDS = 1_000;
const LEAST_LENGTH = 16;
const KEY_ID_BYTES = 8;

interface FollowedFiles {
  folder: string;
  /** Epoch milliseconds. */
  readAt: number;
  /** AUTH_SECRET_PREVIOUS as the environment gave it; a previous secret in the folder goes before it. */
  givenPrevious: string | undefined;
}

const shared = processState("secret-files", (): { followed?: FollowedFiles } => ({}));

/** Where a folder keeps the secret in force and, while a rotation is unfinished, the one before it. */
export function secretFiles(folder: string): { current: string; previous: string } {
  return { current: join(folder, "auth-secret"), previous: join(folder, "auth-secret-previous") };
}

/** Takes the secrets from the files of this folder from now on, also when another process changes them. */
export function followSecretFiles(folder: string): void {
  const givenPrevious = shared.followed ? shared.followed.givenPrevious : process.env.AUTH_SECRET_PREVIOUS;
  shared.followed = { folder, readAt: 0, givenPrevious };
  refreshSecrets();
}

/** The folder whose files are followed; null when the environment gives the secret. */
export function followedSecretFolder(): string | null {
  return shared.followed?.folder ?? null;
}

/** Leaves the files alone again, for tests. */
export function unfollowSecretFiles(): void {
  delete shared.followed;
}

/** Reads the followed files again. Does nothing when the environment gives the secret. */
export function refreshSecrets(): void {
  const followed = shared.followed;
  if (!followed) return;
  const files = secretFiles(followed.folder);
  const current = readSecret(files.current);
  if (current === null) return;
  followed.readAt = Date.now();
  process.env.AUTH_SECRET = current;
  const previous = readSecret(files.previous) ?? followed.givenPrevious;
  if (previous) process.env.AUTH_SECRET_PREVIOUS = previous;
  else delete process.env.AUTH_SECRET_PREVIOUS;
}

function readSecret(path: string): string | null {
  try {
    const secret = readFileSync(path, "utf8").trim();
    return secret.length >= LEAST_LENGTH ? secret : null;
  } catch {
    return null;
  }
}

/**
 * The secrets that count: the one that new things are sealed and signed with, then AUTH_SECRET_PREVIOUS if there is one.
 *
 * Followed files are read again at most once a second.
 * @throws Error when AUTH_SECRET is not set.
 */
export function secretsInForce(): [current: string, ...previous: string[]] {
  const followed = shared.followed;
  if (followed && Date.now() - followed.readAt >= READ_AGAIN_MILLISECONDS) refreshSecrets();
  const { AUTH_SECRET: current, AUTH_SECRET_PREVIOUS: previous } = process.env;
  if (!current) throw new Error("AUTH_SECRET is not set, so stored secrets cannot be read or written.");
  return previous && previous !== current ? [current, previous] : [current];
}

const keyIds = new Map<string, Buffer>();

/** Names a secret without giving it away: eight bytes that sealed values begin with. */
export function keyIdOf(secret: string): Buffer {
  let id = keyIds.get(secret);
  if (!id) {
    id = Buffer.from(hkdfSync("sha256", secret, "winauthmon", "key-id", KEY_ID_BYTES));
    keyIds.set(secret, id);
  }
  return id;
}
