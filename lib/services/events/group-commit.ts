import { AppError, isDatabaseHeldUp, isDatabaseOutage, isNodeOutage, isStatementTimeout } from "@/lib/errors";

interface Unit<Item, Result> {
  items: readonly Item[];
  part: number;
  /** The lowest is taken first when not all fit into one commit: how many items its part had been given by then. */
  turn: number;
  resolve(results: Result[]): void;
  reject(error: unknown): void;
}

/** What of one part waits. */
interface Part {
  items: number;
  /** The turn of its last unit. */
  lastTurn: number;
}

export interface GroupCommitOptions<Item> {
  /** Whose an item is: parts share the queue, and what fails together is first tried apart by them. All are one's when absent. */
  partOf?(item: Item): number;
  /** A commit takes whole units until it holds this many items. */
  maxItemsPerCommit: number;
  /** Beyond this many waiting items new ones are refused: better told than kept in memory. */
  maxWaitingItems: number;
  /** With fewer waiting, a commit starts only after all that has arrived by now was read. */
  eagerFromItems: number;
  /** A second commit runs beside the first only when this many items wait, so that small ones stay together. */
  parallelFromItems: number;
}

/** After so many parts that each used up a statement's time, it is the database that is slow, and the rest is not tried. */
const MOST_TIMED_OUT = 2;
/** Of one part, beside what stays free: a quarter of all while no other waits. */
const MOST_OF_FREE = 1 / 3;
const RETRY_SECONDS = 2;
const RETRY_CODES = new Set(["40P01", "40001"]);

/**
 * Gathers what arrives while a commit is in flight into the next one; when idle it commits at once, that is after
 * this turn of the event loop.
 *
 * What a part has waiting is at most a third of what stays free, so that a few full ones leave room for others. When more
 * waits than a commit takes, parts take turns by items: one that has little goes before those that have had more.
 *
 * A caller's promise settles only after the commit that holds its items. If a commit fails other than by an
 * outage, its parts are tried one by one, and the units of what fails again too, so that none suffers for another.
 * If a node of the database is away or the database is held up, its parts are tried one by one as well, because others are
 * on other nodes or wait for no lock, but not their units.
 */
export class GroupCommit<Item, Result> {
  #waiting: Unit<Item, Result>[] = [];
  #waitingItems = 0;
  readonly #parts = new Map<number, Part>();
  /** That of the last unit taken. */
  #turn = 0;
  #inFlight = 0;
  #isTurnAwaited = false;
  readonly #options: GroupCommitOptions<Item>;
  readonly #partOf: (item: Item) => number;

  constructor(
    readonly commit: (items: readonly Item[]) => Promise<Result[]>,
    options: Partial<GroupCommitOptions<Item>> = {},
  ) {
    this.#options = {
      maxItemsPerCommit: 1000,
      maxWaitingItems: 50_000,
      eagerFromItems: 32,
      parallelFromItems: 1000,
      ...options,
    };
    this.#partOf = options.partOf ?? (() => 0);
  }

  get waitingItems(): number {
    return this.#waitingItems;
  }

  /** Nothing waits and no commit is in flight. */
  get isIdle(): boolean {
    return this.#inFlight === 0 && this.#waitingItems === 0;
  }

  /**
   * Results parallel to the items, which are of one part. @throws AppError `limited` when too much of the part waits,
   * `unavailable` when too much waits at all or the database is away.
   */
  add(items: readonly Item[]): Promise<Result[]> {
    const whose = this.#partOf(items[0]!);
    const part = this.#parts.get(whose) ?? { items: 0, lastTurn: 0 };
    const refusal = this.#refusalOf(part, items.length);
    if (refusal) return Promise.reject(refusal);
    const turn = Math.max(part.lastTurn, this.#turn) + items.length;
    part.items += items.length;
    part.lastTurn = turn;
    this.#parts.set(whose, part);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ items, part: whose, turn, resolve, reject });
      this.#waitingItems += items.length;
      this.#pump();
    });
  }

  #refusalOf(part: Part, items: number): AppError | undefined {
    const isShared = this.#options.partOf !== undefined;
    const free = this.#options.maxWaitingItems - this.#waitingItems - items;
    if (free >= 0 && !(isShared && part.items + items > free * MOST_OF_FREE)) return undefined;
    return isShared && part.items > 0
      ? new AppError("limited", { key: "errors.tooManyEventsWaiting" }, [], RETRY_SECONDS)
      : new AppError("unavailable", { key: "errors.serverBusy" }, [], RETRY_SECONDS);
  }

  #pump(): void {
    const mayStart =
      this.#waiting.length > 0 &&
      (this.#inFlight === 0 ||
        (this.#inFlight === 1 && this.#waitingItems >= this.#options.parallelFromItems));
    if (!mayStart) return;
    if (this.#waitingItems >= this.#options.eagerFromItems) this.#start();
    else if (!this.#isTurnAwaited) {
      // Requests that came in the same moment are still unread: they shall share this commit, not the next one.
      this.#isTurnAwaited = true;
      setImmediate(() => {
        this.#isTurnAwaited = false;
        if (this.#inFlight === 0 && this.#waiting.length > 0) this.#start();
      });
    }
  }

  #start(): void {
    this.#inFlight += 1;
    void this.#run(this.#take());
  }

  #take(): Unit<Item, Result>[] {
    return this.#waitingItems <= this.#options.maxItemsPerCommit ? this.#takeAll() : this.#takeInTurn();
  }

  #takeAll(): Unit<Item, Result>[] {
    const all = this.#waiting;
    this.#waiting = [];
    this.#waitingItems = 0;
    this.#parts.clear();
    this.#turn = 0;
    return all;
  }

  #takeInTurn(): Unit<Item, Result>[] {
    this.#waiting.sort((a, b) => a.turn - b.turn);
    let items = 0;
    let count = 0;
    for (const unit of this.#waiting) {
      if (count > 0 && items + unit.items.length > this.#options.maxItemsPerCommit) break;
      items += unit.items.length;
      count += 1;
      this.#parts.get(unit.part)!.items -= unit.items.length;
      this.#turn = unit.turn;
    }
    this.#waitingItems -= items;
    for (const [whose, part] of this.#parts) {
      if (part.items === 0 && part.lastTurn <= this.#turn) this.#parts.delete(whose);
    }
    return this.#waiting.splice(0, count);
  }

  async #run(units: Unit<Item, Result>[]): Promise<void> {
    const outcome = await this.#commitTwice(units);
    if ("results" in outcome) {
      // The next commit is sent before these callers are told, so that the database works while they are answered.
      this.#next();
      return settle(units, outcome.results);
    }
    await this.#runApart(units, outcome.error);
    this.#next();
  }

  #next(): void {
    this.#inFlight -= 1;
    this.#pump();
  }

  async #commitTwice(units: Unit<Item, Result>[]): Promise<{ results: Result[] } | { error: unknown }> {
    const items = units.length === 1 ? units[0]!.items : units.flatMap((unit) => unit.items);
    try {
      return { results: await this.commit(items) };
    } catch (error) {
      if (!isRetryable(error)) return { error };
    }
    return this.commit(items).then(
      (results) => ({ results }),
      (error: unknown) => ({ error }),
    );
  }

  /** Tries units that failed together in smaller commits, or tells their callers of the error when there are none. */
  async #runApart(units: Unit<Item, Result>[], error: unknown): Promise<void> {
    const parts = this.#partsOf(units);
    const mayBeOnes = isNodeOutage(error) || isDatabaseHeldUp(error);
    const isInVain = mayBeOnes ? parts.size === 1 : isDatabaseOutage(error);
    if (units.length === 1 || isInVain) return rejectAll(units, error);
    const timeouts: unknown[] = [];
    for (const part of parts.size > 1 ? parts.values() : units.map((unit) => [unit])) {
      if (timeouts.length === MOST_TIMED_OUT) {
        // Their error may be another's; not tried, they may try again.
        rejectAll(part, timeouts[0]);
        continue;
      }
      const outcome = await this.#commitTwice(part);
      if ("results" in outcome) settle(part, outcome.results);
      else {
        if (isStatementTimeout(outcome.error)) timeouts.push(outcome.error);
        await this.#runApart(part, outcome.error);
      }
    }
  }

  /** The units by whose they are. */
  #partsOf(units: Unit<Item, Result>[]): Map<number, Unit<Item, Result>[]> {
    const parts = new Map<number, Unit<Item, Result>[]>();
    for (const unit of units) {
      const part = parts.get(unit.part);
      if (part) part.push(unit);
      else parts.set(unit.part, [unit]);
    }
    return parts;
  }
}

function settle<Item, Result>(units: readonly Unit<Item, Result>[], results: Result[]): void {
  let start = 0;
  for (const unit of units) unit.resolve(results.slice(start, (start += unit.items.length)));
}

function rejectAll<Item, Result>(units: readonly Unit<Item, Result>[], error: unknown): void {
  for (const unit of units) unit.reject(error);
}

function isRetryable(error: unknown): boolean {
  return error instanceof Error && "code" in error && RETRY_CODES.has(String(error.code));
}
