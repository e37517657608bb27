import { AppError, isDatabaseOutage } from "@/lib/errors";

interface Unit<Item, Result> {
  items: readonly Item[];
  resolve(results: Result[]): void;
  reject(error: unknown): void;
}

export interface GroupCommitOptions {
  /** A commit takes whole units until it holds this many items. */
  maxItemsPerCommit: number;
  /** Beyond this many waiting items new ones are refused with 503: better told than kept in memory. */
  maxWaitingItems: number;
  /** A second commit runs beside the first only when this many items wait, so that small ones stay together. */
  parallelFromItems: number;
}

const RETRY_CODES = new Set(["40P01", "40001"]);

/**
 * Gathers what arrives while a commit is in flight into the next one; when idle it commits at once.
 *
 * A caller's promise settles only after the commit that holds its items. If a commit fails other than by an
 * outage, its units are tried one by one, so that none suffers for another.
 */
export class GroupCommit<Item, Result> {
  #waiting: Unit<Item, Result>[] = [];
  #waitingItems = 0;
  #inFlight = 0;
  readonly #options: GroupCommitOptions;

  constructor(
    readonly commit: (items: readonly Item[]) => Promise<Result[]>,
    options: Partial<GroupCommitOptions> = {},
  ) {
    this.#options = { maxItemsPerCommit: 1000, maxWaitingItems: 50_000, parallelFromItems: 1000, ...options };
  }

  get waitingItems(): number {
    return this.#waitingItems;
  }

  /** Results parallel to the items. @throws AppError `unavailable` when too much waits or the database is away. */
  add(items: readonly Item[]): Promise<Result[]> {
    if (this.#waitingItems + items.length > this.#options.maxWaitingItems) {
      return Promise.reject(new AppError("unavailable", "The server is too busy. Try again soon.", [], 2));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ items, resolve, reject });
      this.#waitingItems += items.length;
      this.#pump();
    });
  }

  #pump(): void {
    const mayStart =
      this.#waiting.length > 0 &&
      (this.#inFlight === 0 ||
        (this.#inFlight === 1 && this.#waitingItems >= this.#options.parallelFromItems));
    if (!mayStart) return;
    this.#inFlight += 1;
    void this.#run(this.#take()).finally(() => {
      this.#inFlight -= 1;
      this.#pump();
    });
  }

  #take(): Unit<Item, Result>[] {
    let items = 0;
    let count = 0;
    for (const unit of this.#waiting) {
      if (count > 0 && items + unit.items.length > this.#options.maxItemsPerCommit) break;
      items += unit.items.length;
      count += 1;
    }
    this.#waitingItems -= items;
    return this.#waiting.splice(0, count);
  }

  async #run(units: Unit<Item, Result>[], isRetry = false): Promise<void> {
    try {
      const results = await this.commit(units.flatMap((unit) => unit.items));
      let start = 0;
      for (const unit of units) unit.resolve(results.slice(start, (start += unit.items.length)));
    } catch (error) {
      if (!isRetry && isRetryable(error)) return this.#run(units, true);
      if (units.length === 1 || isDatabaseOutage(error)) {
        for (const unit of units) unit.reject(error);
        return;
      }
      for (const unit of units) await this.#run([unit]);
    }
  }
}

function isRetryable(error: unknown): boolean {
  return error instanceof Error && "code" in error && RETRY_CODES.has(String(error.code));
}
