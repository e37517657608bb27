import { createHash } from "node:crypto";
import { env } from "@/lib/env";
import type { TextKey } from "@/lib/domain/text";
import { AppError } from "@/lib/errors";
import { processState } from "@/lib/process-state";
import { limitKey, type LimitKey, type LimitSubject } from "./limit-key";
import { hasSharedStore, sharedLook, sharedUse } from "./shared-store";
import { WindowLimiter, type CountedUse, type LimitVerdict } from "./window-limiter";

const MINUTE_SECONDS = 60;
const QUARTER_HOUR_SECONDS = 15 * 60;
const HOUR_SECONDS = 3600;

/** What is limited: uses allowed in a sliding window of so many seconds. */
const LIMITS = {
  /** Wrong passwords of one account from one address, or from one browser that the account knows. */
  "sign-in-account": () => [env().RATE_LIMIT_SIGN_IN_PER_ACCOUNT, QUARTER_HOUR_SECONDS],
  /** Wrong passwords of one account from all addresses and unknown browsers together. */
  "sign-in-everywhere": () => [env().RATE_LIMIT_SIGN_IN_PER_ACCOUNT_EVERYWHERE, HOUR_SECONDS],
  /** Wrong passwords of all accounts from one address. */
  "sign-in-address": () => [env().RATE_LIMIT_SIGN_IN_PER_ADDRESS, QUARTER_HOUR_SECONDS],
  /** Wrong codes of one user, however often the sign-in starts again: 240 a day of a million. */
  "mfa-code": () => [10, HOUR_SECONDS],
  "register-address": () => [10, HOUR_SECONDS],
  "register-all": () => [200, HOUR_SECONDS],
  /** Mails to one address that visitors have sent, and those that giving it to an account causes. */
  "mail-recipient": () => [5, HOUR_SECONDS],
  /** Invitations by one administrator. */
  invitation: () => [100, HOUR_SECONDS],
  /** Test messages of one company's channels, and messages that it has sent again. */
  "channel-test": () => [20, HOUR_SECONDS],
  "channel-replay": () => [60, HOUR_SECONDS],
  /** Scheduled reports that one company's users, or one user, have sent at once: each goes to up to 50 mailboxes. */
  "report-now": () => [60, HOUR_SECONDS],
  "report-now-user": () => [20, HOUR_SECONDS],
  /** Mails with a link to a new password, asked for from one address. */
  "reset-address": () => [20, QUARTER_HOUR_SECONDS],
  /** Uses of links that open nothing, from one address. */
  "dead-link": () => [20, QUARTER_HOUR_SECONDS],
  /** Names and addresses of other people that an administrator of some companies tries. */
  "name-guess": () => [10, HOUR_SECONDS],
  "own-password": () => [10, QUARTER_HOUR_SECONDS],
  /** Pages for visitors without a session. */
  "signed-out-page": () => [env().RATE_LIMIT_SIGNED_OUT_PAGES, MINUTE_SECONDS],
  "agent-key": () => [env().RATE_LIMIT_AGENT_PER_MINUTE, MINUTE_SECONDS],
  /** Reading with a key, which must not use up what its agents need. */
  "read-key": () => [env().RATE_LIMIT_AGENT_PER_MINUTE, MINUTE_SECONDS],
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
  return (await sharedUse(kind, digestOf(key), limit, windowSeconds)) ?? countLocally(kind, key);
}

const countLimit = ([kind, ...subjects]: Limit) => countUse(kind, limitKey(...subjects));

interface Taken {
  /** Counted, and can be given back. */
  uses: CountedUse[];
  /** Then nothing is counted. */
  refusal: AppError | undefined;
}

/**
 * Counts one use of each limit, in their order, unless one refuses: then none counts. A client beyond its own limit
 * must not use up what is limited for everyone, or for other people.
 */
async function take(limits: readonly Limit[]): Promise<Taken> {
  const uses: CountedUse[] = [];
  for (const limit of limits) {
    const use = await countLimit(limit);
    if (!use.isAllowed) {
      await giveBack(uses);
      return { uses: [], refusal: refusalOf([limit], [use]) };
    }
    uses.push(use);
  }
  return { uses, refusal: undefined };
}

const giveBack = (uses: readonly CountedUse[]) => Promise.all(uses.map((use) => use.takeBack()));

/** Names are typed by anybody: a digest bounds their length and keeps them out of the store. */
function digestOf(key: LimitKey): string {
  return createHash("sha256").update(key).digest("base64url");
}

/** As countUse, but without waiting at all when no store is set: for agents, who send thousands a second. */
export function countUseFast(kind: LimitKind, subject: LimitSubject): LimitVerdict | Promise<LimitVerdict> {
  const key = limitKey(subject);
  return hasSharedStore() ? countUse(kind, key) : localLimiter(kind).use(key);
}

/** Whether a use would be within the limit, without counting one. */
async function lookAt([kind, ...subjects]: Limit): Promise<LimitVerdict> {
  const [limit, windowSeconds] = LIMITS[kind]();
  const key = limitKey(...subjects);
  return (await sharedLook(kind, digestOf(key), limit, windowSeconds)) ?? localLimiter(kind).look(key);
}

/**
 * Runs `work` as a guess: it counts before it is judged, so that many at once cannot slip through together, and is
 * given back unless `isWrong` says the error was a wrong guess. The limits of `afterwards` count a wrong guess only
 * when it is known to be wrong, so that many right ones at once do not use them up. Work that waits for its turn looks
 * at them again then (assertNotUsedUp), or all that wait would slip through.
 *
 * @throws AppError `limited` when any of the limits is used up, naming the minutes to wait; else what `work` throws.
 */
export async function guess<T>(
  limits: readonly Limit[],
  isWrong: (error: unknown) => boolean,
  work: () => Promise<T>,
  afterwards: readonly Limit[] = [],
): Promise<T> {
  if (!env().RATE_LIMIT_ENABLED) return work();
  const uses = await takeOrRefuse(limits, afterwards);
  try {
    const result = await work();
    await giveBack(uses);
    return result;
  } catch (error) {
    await (isWrong(error) ? Promise.all(afterwards.map(countLimit)) : giveBack(uses));
    throw error;
  }
}

/** Looks whether one more use of each limit is allowed, and counts none. @throws AppError `limited`. */
export async function assertNotUsedUp(limits: readonly Limit[]): Promise<void> {
  if (!env().RATE_LIMIT_ENABLED) return;
  const refusal = refusalOf(limits, await Promise.all(limits.map(lookAt)));
  if (refusal) throw refusal;
}

/** Counts one use of each limit, or of none when one refuses. @throws AppError `limited`. */
export async function assertWithinLimits(limits: readonly Limit[]): Promise<void> {
  if (env().RATE_LIMIT_ENABLED) await takeOrRefuse(limits);
}

/**
 * Runs `work` as a use of each limit, which counts unless `work` fails.
 *
 * @throws AppError `limited` when any of the limits is used up; else what `work` throws.
 */
export async function withinLimits<T>(limits: readonly Limit[], work: () => Promise<T>): Promise<T> {
  if (!env().RATE_LIMIT_ENABLED) return work();
  const uses = await takeOrRefuse(limits);
  try {
    return await work();
  } catch (error) {
    await giveBack(uses);
    throw error;
  }
}

/** Counts `limits` and looks at `afterwards`. @throws AppError `limited`, after a while, with nothing counted. */
async function takeOrRefuse(
  limits: readonly Limit[],
  afterwards: readonly Limit[] = [],
): Promise<readonly CountedUse[]> {
  const { uses, refusal: own } = await take(limits);
  const refusal = own ?? refusalOf(afterwards, await Promise.all(afterwards.map(lookAt)));
  if (!refusal) return uses;
  await giveBack(uses);
  await holdBack();
  throw refusal;
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

const REFUSALS: Partial<Record<LimitKind, TextKey>> = {
  "sign-in-everywhere": "errors.tooManyTriesEverywhere",
  "channel-test": "notificationErrors.tooManyTests",
  "channel-replay": "notificationErrors.tooManyReplays",
  "report-now": "scheduleErrors.tooManyNow",
  "report-now-user": "scheduleErrors.tooManyNow",
};

/** The refusal by the first limit that is used up. */
function refusalOf(limits: readonly Limit[], verdicts: readonly LimitVerdict[]): AppError | undefined {
  const at = verdicts.findIndex(({ isAllowed }) => !isAllowed);
  if (at < 0) return undefined;
  const seconds = Math.max(1, verdicts[at]!.resetAtSeconds - Math.floor(Date.now() / 1000));
  const minutes = Math.ceil(seconds / 60);
  const key = REFUSALS[limits[at]![0]] ?? "errors.tooManyTries";
  return new AppError("limited", { key, values: { minutes } }, [], seconds);
}
