import bcrypt from "bcrypt";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

const MAX_WAITING = 60;
let isBusy = false;
const waiting: (() => void)[] = [];

/**
 * Runs one bcrypt at a time: a hash takes a core for a quarter of a second, and agents' events need the other.
 *
 * @throws AppError `limited` when too many wait already.
 */
async function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  if (waiting.length >= MAX_WAITING) {
    throw new AppError("limited", "Too many sign-ins at once. Try again in a few seconds.", [], 5);
  }
  if (isBusy) await new Promise<void>((resolve) => waiting.push(resolve));
  isBusy = true;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else isBusy = false;
  }
}

/** Hashes with bcrypt at BCRYPT_COST. */
export function hashPassword(password: string): Promise<string> {
  return oneAtATime(() => bcrypt.hash(password, env().BCRYPT_COST));
}

let decoy: Promise<string> | undefined;

/** Whether the password fits the hash; with no hash (unknown user) takes as long and says no. */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  decoy ??= hashPassword("a password that nobody has");
  const compared = hash ?? (await decoy);
  const fits = await oneAtATime(() => bcrypt.compare(password, compared));
  return fits && hash !== null;
}
