import { LRUCache } from "lru-cache";

/** Who asks, and for what: each has limits of its own. */
export interface Claim {
  /** The user or the API key. */
  reader: string;
  /** The company, or the set of companies that is read at once. */
  lane: string;
  /** Under which the reader may ask for the place in the queue. */
  ticket?: string | undefined;
}

export interface QueueLimits {
  atOnce: number;
  atOncePerReader: number;
  atOncePerLane: number;
  /** Slow readings of one reader, which hold memory: nothing more begins while there are so many. */
  slowPerReader: number;
  /** Waiting ones and slow ones. */
  openPerReader: number;
  waiting: number;
  waitingPerLane: number;
  waitMilliseconds: number;
}

/** Why a claim gets no place: its reader has too many open, the queue is full, or the wait has been too long. */
export type QueueRefusal = "reader" | "queue" | "wait";

export class QueueFull extends Error {
  constructor(readonly reason: QueueRefusal) {
    super("The queue has no place.");
    this.name = "QueueFull";
  }
}

/** Recognizes the error by name: the queue is shared by the server and the pages, whose bundles each have a class of it. */
export function isQueueFull(error: unknown): error is QueueFull {
  return error instanceof Error && error.name === "QueueFull";
}

interface Waiter {
  claim: Claim;
  isReturning: boolean;
  start(): void;
}

const KEPT_TURNS = 10_000;

/**
 * Gives places to claims: round robin over lanes, within a lane over its readers, then first come first served.
 *
 * The longest without a turn is next; a claim that its own limits hold back is passed over meanwhile.
 */
export class FairQueue {
  readonly #limits: QueueLimits;
  readonly #running = new Set<Claim>();
  readonly #lent = new Set<Claim>();
  readonly #waiting = new Set<Waiter>();
  readonly #turnOf = new LRUCache<string, number>({ max: KEPT_TURNS });
  #turn = 0;

  constructor(limits: QueueLimits) {
    this.#limits = limits;
  }

  get counts(): { running: number; waiting: number } {
    return { running: this.#running.size, waiting: this.#waiting.size };
  }

  /**
   * Waits for a place, which the caller gives back.
   *
   * @throws QueueFull when there are too many before it or the wait is too long; the signal's reason once it is raised.
   */
  async enter(claim: Claim, signal?: AbortSignal): Promise<Place> {
    const own = { ...claim };
    await this.#take(own, { isReturning: false, signal });
    return new Place({
      lend: () => {
        this.#running.delete(own);
        this.#lent.add(own);
        this.#admit();
      },
      takeAgain: async (again) => {
        this.#lent.delete(own);
        const taken = this.#take(own, { isReturning: true, signal: again });
        // One slow reading fewer may let another of the reader's begin.
        this.#admit();
        await taken;
      },
      leave: () => {
        this.#lent.delete(own);
        this.#running.delete(own);
        this.#admit();
      },
    });
  }

  /** How many go before the reader's claim, 0 for one that has its place; null when there is no such claim. */
  placeOf(reader: string, ticket: string): number | null {
    const isAsked = (claim: Claim) => claim.reader === reader && claim.ticket === ticket;
    const order = this.#inOrder();
    const at = order.findIndex(({ claim }) => isAsked(claim));
    if (at >= 0) return at + 1;
    return [...this.#running, ...this.#lent].some(isAsked) ? 0 : null;
  }

  #take(claim: Claim, { isReturning, signal }: { isReturning: boolean; signal: AbortSignal | undefined }) {
    signal?.throwIfAborted();
    // Claims that could run already do, so starting this one skips no other turn.
    if (this.#mayRun(claim, isReturning)) {
      this.#start(claim);
      return Promise.resolve();
    }
    if (!isReturning) this.#assertRoom(claim);
    return this.#wait(claim, isReturning, signal);
  }

  #wait(claim: Claim, isReturning: boolean, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        if (timer) clearTimeout(timer);
        signal?.removeEventListener("abort", giveUp);
        this.#waiting.delete(waiter);
      };
      const waiter: Waiter = {
        claim,
        isReturning,
        start: () => {
          leave();
          this.#start(claim);
          resolve();
        },
      };
      const giveUp = () => {
        leave();
        reject(signal!.reason as Error);
      };
      // A reading that goes on has sent a part of its answer: refused now, it would break off.
      const timer =
        !isReturning &&
        setTimeout(() => {
          leave();
          reject(new QueueFull("wait"));
        }, this.#limits.waitMilliseconds);
      signal?.addEventListener("abort", giveUp, { once: true });
      this.#waiting.add(waiter);
    });
  }

  #assertRoom({ reader, lane }: Claim): void {
    const ofReader = (claim: Claim) => claim.reader === reader;
    const waiting = [...this.#waiting].filter(({ claim }) => ofReader(claim)).length;
    if (waiting + countOf(this.#lent, ofReader) >= this.#limits.openPerReader) throw new QueueFull("reader");
    const inLane = [...this.#waiting].filter(({ claim }) => claim.lane === lane).length;
    // No lane has more than what is left for others, so a few lanes never take the whole queue.
    const free = this.#limits.waiting - this.#waiting.size;
    if (inLane >= Math.min(free, this.#limits.waitingPerLane)) throw new QueueFull("queue");
  }

  #mayRun({ reader, lane }: Claim, isReturning: boolean): boolean {
    const { atOnce, atOncePerReader, atOncePerLane, slowPerReader } = this.#limits;
    const ofReader = (other: Claim) => other.reader === reader;
    return (
      this.#running.size < atOnce &&
      (isReturning || countOf(this.#lent, ofReader) < slowPerReader) &&
      countOf(this.#running, ofReader) < atOncePerReader &&
      countOf(this.#running, (other) => other.lane === lane) < atOncePerLane
    );
  }

  #start(claim: Claim): void {
    this.#running.add(claim);
    this.#turn += 1;
    for (const key of keysOf(claim)) this.#turnOf.set(key, this.#turn);
  }

  #admit(): void {
    for (;;) {
      const able = [...this.#waiting].filter(({ claim, isReturning }) => this.#mayRun(claim, isReturning));
      const next = this.#first(able);
      if (!next) return;
      next.start();
    }
  }

  #first(
    waiters: readonly Waiter[],
    turnOf = (key: string) => this.#turnOf.get(key) ?? 0,
  ): Waiter | undefined {
    const rank = ({ claim, isReturning }: Waiter) => {
      const [lane, reader] = keysOf(claim);
      return [turnOf(lane), isReturning ? 0 : 1, turnOf(reader)] as const;
    };
    let first: { waiter: Waiter; rank: readonly number[] } | undefined;
    for (const waiter of waiters) {
      const own = rank(waiter);
      if (!first || isBefore(own, first.rank)) first = { waiter, rank: own };
    }
    return first?.waiter;
  }

  /** The waiting ones in the order of their turns, if no limit applied and no others came. */
  #inOrder(): Waiter[] {
    const turns = new Map<string, number>();
    const turnOf = (key: string) => turns.get(key) ?? this.#turnOf.get(key) ?? 0;
    const left = new Set(this.#waiting);
    const order: Waiter[] = [];
    while (left.size > 0) {
      const next = this.#first([...left], turnOf)!;
      left.delete(next);
      order.push(next);
      for (const key of keysOf(next.claim)) turns.set(key, this.#turn + order.length);
    }
    return order;
  }
}

function keysOf({ lane, reader }: Claim): readonly [string, string] {
  return [`lane ${lane}`, `reader ${reader}`];
}

function countOf(claims: ReadonlySet<Claim>, isMeant: (claim: Claim) => boolean): number {
  let count = 0;
  for (const claim of claims) if (isMeant(claim)) count += 1;
  return count;
}

function isBefore(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at >= 0 && a[at]! < b[at]!;
}

interface PlaceDeeds {
  lend(): void;
  takeAgain(signal: AbortSignal | undefined): Promise<void>;
  leave(): void;
}

/** A place in the queue that is held until it is left; lent while its holder waits for a slow reader. */
export class Place {
  #state: "held" | "lent" | "waiting" | "left" = "held";
  readonly #deeds: PlaceDeeds;

  constructor(deeds: PlaceDeeds) {
    this.#deeds = deeds;
  }

  lend(): void {
    if (this.#state !== "held") return;
    this.#state = "lent";
    this.#deeds.lend();
  }

  /** Nothing when the place is held; waits as long as it takes. @throws the signal's reason once it is raised. */
  async takeAgain(signal?: AbortSignal): Promise<void> {
    if (this.#state !== "lent") return;
    this.#state = "waiting";
    try {
      await this.#deeds.takeAgain(signal);
    } catch (error) {
      this.#state = "left";
      throw error;
    }
    this.#settle();
  }

  /** Left while it waited, the place is given back as soon as it is had. */
  #settle(): void {
    if (this.#state === "left") this.#deeds.leave();
    else this.#state = "held";
  }

  leave(): void {
    if (this.#state === "left") return;
    this.#state = "left";
    this.#deeds.leave();
  }
}
