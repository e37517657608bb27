import type { IncomingMessage } from "node:http";
import { env } from "@/lib/env";
import { processState } from "@/lib/process-state";

const LOOK_MILLISECONDS = 500;

/** The least rate of a body: so much time at first, and a second more for each KiB that has come. */
export interface LeastRate {
  graceMilliseconds: number;
}

/** REQUEST_BODY_SECONDS at first. */
export function leastRate(): LeastRate {
  return { graceMilliseconds: env().REQUEST_BODY_SECONDS * 1_000 };
}

const MILLISECONDS_PER_BYTE = 1_000 / 1_024;

/**
 * The same rate for a body that is read piece by piece and tells nothing of its connection: only waiting for the sender
 * takes of the time.
 */
export class SenderTime {
  #left: number;

  constructor({ graceMilliseconds }: LeastRate = leastRate()) {
    this.#left = graceMilliseconds;
  }

  /** The next piece. @throws what `tooSlow` makes when the time is over before it comes. */
  async waitFor<Piece>(piece: Promise<Piece>, tooSlow: () => Error): Promise<Piece> {
    const begunAt = performance.now();
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(tooSlow()), Math.max(0, this.#left));
    });
    try {
      return await Promise.race([piece, over]);
    } finally {
      clearTimeout(timer);
      this.#left -= performance.now() - begunAt;
    }
  }

  /** Bytes that have come give more time. */
  came(bytes: number): void {
    this.#left += bytes * MILLISECONDS_PER_BYTE;
  }
}

class Watched {
  /** What is left of the time, as of the last look. */
  #left: number;
  #bytesSeen: number;

  constructor(
    readonly req: IncomingMessage,
    { graceMilliseconds }: LeastRate,
    readonly cutOff: () => void,
  ) {
    this.#left = graceMilliseconds;
    this.#bytesSeen = req.socket.bytesRead;
  }

  /** Whether the body is over or cut off; `passed` in milliseconds since the last look. */
  look(passed: number): boolean {
    const { req } = this;
    if (req.complete || req.destroyed) return true;
    const { bytesRead } = req.socket;
    // So much waits to be taken that no more is read: it is not the sender who is slow.
    const isOurTurn = req.readableLength >= req.readableHighWaterMark;
    this.#left += (bytesRead - this.#bytesSeen) * MILLISECONDS_PER_BYTE - (isOurTurn ? 0 : passed);
    this.#bytesSeen = bytesRead;
    if (this.#left > 0) return false;
    this.cutOff();
    return true;
  }
}

const state = processState("slow-bodies", () => ({
  watched: new Set<Watched>(),
  lookedAt: 0,
  timer: undefined as NodeJS.Timeout | undefined,
}));

/**
 * Calls `cutOff` once when the request's body comes more slowly than the rate. Returns what ends the watch early, for
 * one that would not keep whole requests in memory until the next look.
 */
export function watchBody(req: IncomingMessage, rate: LeastRate, cutOff: () => void): () => void {
  const body = new Watched(req, rate, cutOff);
  state.watched.add(body);
  if (!state.timer) {
    state.lookedAt = performance.now();
    state.timer = setInterval(look, LOOK_MILLISECONDS);
    state.timer.unref();
  }
  return () => state.watched.delete(body);
}

function look(): void {
  const now = performance.now();
  const passed = now - state.lookedAt;
  state.lookedAt = now;
  for (const body of state.watched) if (body.look(passed)) state.watched.delete(body);
  if (state.watched.size > 0) return;
  clearInterval(state.timer);
  state.timer = undefined;
}
