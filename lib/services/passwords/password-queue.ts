import { availableParallelism } from "node:os";
import { AppError } from "@/lib/errors";
import { processState } from "@/lib/process-state";
import { FairQueue, isQueueFull } from "../reports/fair-queue";

/** A hash takes a core for a quarter of a second; agents' events need the others. */
const AT_ONCE = availableParallelism() >= 4 ? 2 : 1;
const WAITING_PER_ASKER = 50;
const WAITING_PER_LANE = 100;
const WAIT_MILLISECONDS = 45_000;

/** For whom a password is hashed. */
export interface HashTurn {
  /** Turns go round over these: an address, a browser or a user. */
  asker: string;
  /** Users, and browsers that the account has signed in with, never wait behind all the others. */
  isKnown: boolean;
  /** Asked when the turn comes, for much may have changed since it was queued. What it throws ends the turn. */
  assertWanted?: () => Promise<void>;
}

/** Of the portal itself: its start, an import, and the command line. No request may take it, as all share its places. */
export const PORTAL_TURN: HashTurn = { asker: "portal", isKnown: true };

/** Of a signed-in user, for a password of their own or of whom they administer; 0 is the operator. */
export function turnOfUser(userId: number): HashTurn {
  return userId === 0 ? PORTAL_TURN : { asker: `user ${userId}`, isKnown: true };
}

const state = processState("hash-queue", () => ({
  queue: new FairQueue({
    atOnce: AT_ONCE,
    atOncePerReader: AT_ONCE,
    atOncePerLane: AT_ONCE,
    slowPerReader: 1,
    openPerReader: WAITING_PER_ASKER,
    // The two lanes have their own places, so that a crowd of new browsers takes none of the known ones'.
    waiting: Infinity,
    waitingPerLane: WAITING_PER_LANE,
    waitMilliseconds: WAIT_MILLISECONDS,
  }),
  /** What one hash took lately. */
  milliseconds: 250,
}));

/**
 * Runs one bcrypt when its turn comes: few at once, known and new in turn, and among either the askers in turn.
 *
 * @throws AppError `limited`, naming the seconds to wait, when too many wait already; what `assertWanted` throws.
 */
export async function inHashQueue<T>(turn: HashTurn, work: () => Promise<T>): Promise<T> {
  const claim = { reader: turn.asker, lane: turn.isKnown ? "known" : "new" };
  const place = await state.queue.enter(claim).catch((error: unknown) => {
    throw isQueueFull(error) ? tooMany() : error;
  });
  try {
    await turn.assertWanted?.();
    const startedAt = performance.now();
    try {
      return await work();
    } finally {
      state.milliseconds = state.milliseconds * 0.9 + (performance.now() - startedAt) * 0.1;
    }
  } finally {
    place.leave();
  }
}

function tooMany(): AppError {
  const { waiting } = state.queue.counts;
  const seconds = Math.max(1, Math.ceil((waiting * state.milliseconds) / AT_ONCE / 1_000));
  return new AppError("limited", { key: "errors.tooManySignIns", values: { seconds } }, [], seconds);
}
