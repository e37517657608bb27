import { createHash } from "node:crypto";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { processState } from "@/lib/process-state";
import { limitKey, type LimitKey, type LimitSubject } from "./limit-key";
import { hasSharedStore, sharedUse } from "./shared-store";
import { WindowLimiter, type CountedUse, type LimitVerdict } from "./window-limiter";

const QUARTER_HOUR_SECONDS = 15 * 60;
const HOUR_SECONDS = 3600;

/** What is limited: uses allowed in a sliding window of so many seconds. */
const LIMITS = {
  "sign-in-account": () => [env().RATE_LIMIT_SIGN_IN_PER_ACCOUNT, QUARTER_HOUR_SECONDS],
  "sign-in-address": () => [env().RATE_LIMIT_SIGN_IN_PER_ADDRESS, QUARTER_HOUR_SECONDS],
  /** Wrong codes of one user, however often the sign-in starts again: 240 a day of a million. */
  "mfa-code": () => [10, HOUR_SECONDS],
  "register-address": () => [10, HOUR_SECONDS],
  "register-all": () => [200, HOUR_SECONDS],
  "reset-address": () => [20, QUARTER_HOUR_SECONDS],
  /** Names and addresses of other people that an administrator of some companies tries. */
  "name-guess": () => [10, HOUR_SECONDS],
  "own-password": () => [10, QUARTER_HOUR_SECONDS],
  "agent-key": () => [env().RATE_LIMIT_AGENT_PER_MINUTE, 60],
  /** Reading with a key, which must not use up what its agents need. */
  "read-key": () => [env().RATE_LIMIT_AGENT_PER_MINUTE, 60],
} as const satisfies Record<string, () => [number, number]>;

export type LimitKind = keyof typeof LIMITS;

/** What is counted, and of whom: of several subjects, of all of them together. */
export type Limit = readonly [kind: LimitKind, ...subjects: LimitSubject[]];

const limiters = processState("limiters", () => new Map<LimitKind, WindowLimiter>());

function localLimiter(kind: LimitKind): WindowLimiter {
  let limiter = limiters.get(kind);
  if (!limiter) {
    const [limit, windowSeconds] = LIMITS[kind]();
    limiter = new WindowLimiter(limit, windowSeconds);
    limiters.set(kind, limiter);
  }
  return limiter;
}

/** Counts a use in this process alone. Never waits. */
function countLocally(kind: LimitKind, key: LimitKey): CountedUse {
  const limiter = localLimiter(kind);
  return { ...limiter.use(key), takeBack: async () => limiter.takeBack(key) };
}

/** Counts a use in the shared store when one is set and answers, else in this process. */
async function countUse(kind: LimitKind, key: LimitKey): Promise<CountedUse> {
  const [limit, windowSeconds] = LIMITS[kind]();
  // Names are typed by anybody: a digest bounds their length and keeps them out of the store.
  const digest = createHash("sha256").update(key).digest("base64url");
  return (await sharedUse(kind, digest, limit, windowSeconds)) ?? countLocally(kind, key);
}

/** As countUse, but without waiting at all when no store is set: for agents, who send thousands a second. */
export function countUseFast(kind: LimitKind, subject: LimitSubject): LimitVerdict | Promise<LimitVerdict> {
  const key = limitKey(subject);
  return hasSharedStore() ? countUse(kind, key) : localLimiter(kind).use(key);
}

/**
 * Runs `work` as a guess: it counts before it is judged, so that many at once cannot slip through together, and is
 * given back unless `isWrong` says the error was a wrong guess.
 *
 * @throws AppError `limited` when any of the limits is used up, naming the minutes to wait; else what `work` throws.
 */
export async function guess<T>(
  limits: readonly Limit[],
  isWrong: (error: unknown) => boolean,
  work: () => Promise<T>,
): Promise<T> {
  if (!env().RATE_LIMIT_ENABLED) return work();
  const uses = await Promise.all(limits.map(([kind, ...subjects]) => countUse(kind, limitKey(...subjects))));
  const giveBack = () => Promise.all(uses.filter((use) => use.isAllowed).map((use) => use.takeBack()));
  const refused = uses.find((use) => !use.isAllowed);
  if (refused) {
    await giveBack();
    await holdBack();
    throw limitedError(refused);
  }
  try {
    const result = await work();
    await giveBack();
    return result;
  } catch (error) {
    if (!isWrong(error)) await giveBack();
    throw error;
  }
}

/** Counts one use of each limit. @throws AppError `limited`. */
export async function assertWithinLimits(limits: readonly Limit[]): Promise<void> {
  const refused = await findRefusal(limits);
  if (!refused) return;
  await holdBack();
  throw limitedError(refused);
}

/** Counts one use of each limit and says whether all are within. */
export async function isWithinLimits(limits: readonly Limit[]): Promise<boolean> {
  return !(await findRefusal(limits));
}

async function findRefusal(limits: readonly Limit[]): Promise<LimitVerdict | undefined> {
  if (!env().RATE_LIMIT_ENABLED) return undefined;
  const uses = await Promise.all(limits.map(([kind, ...subjects]) => countUse(kind, limitKey(...subjects))));
  return uses.find((use) => !use.isAllowed);
}

const HELD_MILLISECONDS = 2_000;
const MAX_HELD = 500;
let held = 0;

/** Refused guesses are answered slowly: rendering them as fast as they come would keep agents' events waiting. */
async function holdBack(): Promise<void> {
  if (held >= MAX_HELD) return;
  held += 1;
  await new Promise((resolve) => setTimeout(resolve, HELD_MILLISECONDS));
  held -= 1;
}

function limitedError({ resetAtSeconds }: LimitVerdict): AppError {
  const seconds = Math.max(1, resetAtSeconds - Math.floor(Date.now() / 1000));
  const minutes = Math.ceil(seconds / 60);
  const wait = `${minutes} ${minutes === 1 ? "minute" : "minutes"}`;
  return new AppError("limited", `Too many tries. Try again in ${wait}.`, [], seconds);
}
