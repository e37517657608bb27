import { areAgentsWaiting } from "@/lib/services/events/record-events";

/** How long agents and pages may have to wait for the next turn of the event loop. */
export const TURN_MILLISECONDS = 2;

/** How long a turn is put off while agents wait for an answer; longer, and many agents would stop all reports. */
const MOST_PUT_OFF_MILLISECONDS = 10;

const waiting: (() => void)[] = [];
let putOffSince = 0;

/**
 * Settles at a pass of the event loop that no other long work has a turn in, and when no agent waits: several reports
 * wait for each other, and for agents a little.
 */
function ownPass(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) comeToNext();
  });
}

function comeToNext(): void {
  putOffSince = performance.now();
  setImmediate(letOneIn);
}

function letOneIn(): void {
  if (areAgentsWaiting() && performance.now() - putOffSince < MOST_PUT_OFF_MILLISECONDS) {
    setTimeout(letOneIn, 1);
    return;
  }
  waiting.shift()?.();
  if (waiting.length > 0) comeToNext();
}

/** Long work in short turns, so that agents and pages are answered between them. */
export class TakeTurns {
  readonly #turnMilliseconds: number;
  readonly #signal: AbortSignal | undefined;
  #begunAt = performance.now();

  /** After a turn of that length others are let in; a signal that is raised ends the work then. */
  constructor(turnMilliseconds: number, signal: AbortSignal | undefined) {
    this.#turnMilliseconds = turnMilliseconds;
    this.#signal = signal;
  }

  isOver(): boolean {
    return performance.now() - this.#begunAt >= this.#turnMilliseconds;
  }

  /** Lets everyone else have a turn. @throws the signal's reason once it is raised. */
  async giveWay(): Promise<void> {
    await ownPass();
    this.#signal?.throwIfAborted();
    this.#begunAt = performance.now();
  }
}
