import bcrypt from "bcrypt";
import { comparisonFor, preparePasswordForBcrypt } from "@/lib/domain/password-scheme";
import { env } from "@/lib/env";
import { inHashQueue, PORTAL_TURN, type HashTurn } from "./password-queue";

/** One spelling for what looks the same, however the keyboard composed it. */
function composed(password: string): string {
  return password.normalize("NFC");
}

/** Hashes with bcrypt at BCRYPT_COST; the whole of a password counts, however long (lib/domain/password-scheme). */
export async function hashPassword(password: string, turn: HashTurn): Promise<string> {
  const { input, mark } = preparePasswordForBcrypt(composed(password));
  return mark + (await inHashQueue(turn, () => bcrypt.hash(input, env().BCRYPT_COST)));
}

let decoy: { cost: number; hash: Promise<string> } | undefined;

function decoyHash(): Promise<string> {
  const cost = env().BCRYPT_COST;
  if (decoy?.cost !== cost) {
    decoy = { cost, hash: hashPassword("a password that nobody has", PORTAL_TURN) };
    decoy.hash.catch(() => (decoy = undefined));
  }
  return decoy.hash;
}

/**
 * Whether the password fits the hash; with no hash (unknown user) takes as long and says no.
 *
 * A hash of the original's is of the password as typed, so a spelling that is not composed is tried as well.
 */
export async function verifyPassword(
  password: string,
  hash: string | null,
  turn: HashTurn,
): Promise<boolean> {
  const stored = hash ?? (await decoyHash());
  let fits = false;
  for (const text of new Set([composed(password), password])) {
    const comparison = comparisonFor(text, stored);
    fits = (await inHashQueue(turn, () => bcrypt.compare(comparison.input, comparison.hash))) || fits;
  }
  return fits && hash !== null;
}

/** Whether to hash a correct password again: a different work factor would reveal known users by timing. */
export function isOutdatedHash(hash: string): boolean {
  return Number(comparisonFor("", hash).hash.split("$")[2]) !== env().BCRYPT_COST;
}
