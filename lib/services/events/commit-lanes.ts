import { isDatabaseHeldUp, isNodeOutage } from "@/lib/errors";
import { GroupCommit, type GroupCommitOptions } from "./group-commit";

const RETRY_MILLISECONDS = 1_000;

interface Lost {
  error: unknown;
  /** On the clock of performance.now(). */
  retryAt: number;
}

/**
 * A group commit for all, and one for those whose node of a Citus cluster was away when last asked, or for whom the
 * database had no room or no time, so that a commit that waits for a lost node or a lock, or fails on it, holds up no
 * others. What is theirs is refused for a second after each failure.
 */
export class CommitLanes<Item, Result> {
  readonly #common: GroupCommit<Item, Result>;
  readonly #aside: GroupCommit<Item, Result>;
  readonly #lost = new Map<number, Lost>();

  constructor(
    commit: (items: readonly Item[]) => Promise<Result[]>,
    readonly options: Partial<GroupCommitOptions<Item>> & Required<Pick<GroupCommitOptions<Item>, "partOf">>,
  ) {
    this.#common = new GroupCommit(commit, options);
    this.#aside = new GroupCommit(commit, options);
  }

  get waitingItems(): number {
    return this.#common.waitingItems + this.#aside.waitingItems;
  }

  /** Nothing waits and no commit is in flight, but for those aside. */
  get isIdle(): boolean {
    return this.#common.isIdle;
  }

  /** Items of one part; see GroupCommit. @throws the error of the last attempt while a lost node is not asked again. */
  async add(items: readonly Item[]): Promise<Result[]> {
    if (items.length === 0) return [];
    const part = this.options.partOf(items[0]!);
    const lost = this.#lost.get(part);
    if (lost && performance.now() < lost.retryAt) throw lost.error;
    try {
      const results = await (lost ? this.#aside : this.#common).add(items);
      if (lost) this.#lost.delete(part);
      return results;
    } catch (error) {
      if (isNodeOutage(error) || isDatabaseHeldUp(error))
        this.#lost.set(part, { error, retryAt: performance.now() + RETRY_MILLISECONDS });
      throw error;
    }
  }
}
