import type { IncomingMessage, ServerResponse } from "node:http";
import type { Text } from "@/lib/domain/text";
import { env } from "@/lib/env";
import { isAbort } from "@/lib/errors";
import { processState } from "@/lib/process-state";
import { FairQueue, isQueueFull, type Place } from "@/lib/services/reports/fair-queue";
import { limitNameOf } from "../client-address";
import { countUseFast } from "../rate-limit/limiter";
import { isKnownSession } from "./known-sessions";
import { refusePage } from "./refuse";

const FILES = /^\/(_next\/(static|image)\/|icon\.svg|favicon\.ico)/;
const AT_ONCE = 2;
/** What takes longer waits for something else than the processor, such as a password's turn. */
const HELD_MILLISECONDS = 50;
const WAITING = 400;
const WAITING_PER_ADDRESS = 200;
const WAIT_MILLISECONDS = 10_000;
const RETRY_SECONDS = 5;

const queue = processState(
  "signed-out-pages",
  () =>
    new FairQueue({
      atOnce: AT_ONCE,
      atOncePerReader: AT_ONCE,
      atOncePerLane: AT_ONCE,
      slowPerReader: Infinity,
      openPerReader: WAITING_PER_ADDRESS,
      waiting: WAITING,
      waitingPerLane: WAITING_PER_ADDRESS,
      waitMilliseconds: WAIT_MILLISECONDS,
    }),
);

/** Whether the request is for a page and without a session that was live lately. */
export function isSignedOutPage(req: IncomingMessage): boolean {
  const path = req.url ?? "/";
  return !path.startsWith("/api/") && !FILES.test(path) && !isKnownSession(req.headers.cookie);
}

/**
 * Lets visitors in without a session: so many requests a minute from one address, and two at once from all, which take
 * turns by address. Drawing a page takes the processor for some milliseconds, and agents' events wait meanwhile.
 *
 * False when the request is answered instead, with 429 or 503 and `Retry-After`, or its client has gone.
 */
export async function letVisitorIn(
  req: IncomingMessage,
  res: ServerResponse,
  { address, gone }: { address: string; gone: AbortSignal },
): Promise<boolean> {
  const wait = await secondsToWait(address);
  if (wait > 0) {
    const note: Text = { key: "refusals.tooManyNote", values: { seconds: wait } };
    refusePage(req, res, { status: 429, title: { key: "refusals.tooMany" }, note, retryAfterSeconds: wait });
    return false;
  }
  try {
    const lane = limitNameOf(address);
    giveBack(await queue.enter({ reader: lane, lane }, gone), res);
    return true;
  } catch (error) {
    if (isAbort(error)) return false;
    if (!isQueueFull(error)) throw error;
    refusePage(req, res, {
      status: 503,
      title: { key: "refusals.busy" },
      note: { key: "errors.tooManySignIns", values: { seconds: RETRY_SECONDS } },
      retryAfterSeconds: RETRY_SECONDS,
    });
    return false;
  }
}

async function secondsToWait(address: string): Promise<number> {
  if (!env().RATE_LIMIT_ENABLED) return 0;
  const verdict = await countUseFast("signed-out-page", { address });
  return verdict.isAllowed ? 0 : Math.max(1, Math.ceil(verdict.resetAtSeconds - Date.now() / 1000));
}

function giveBack(place: Place, res: ServerResponse): void {
  const timer = setTimeout(() => place.leave(), HELD_MILLISECONDS);
  res.once("close", () => {
    clearTimeout(timer);
    place.leave();
  });
}
