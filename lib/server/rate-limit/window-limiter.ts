import { LRUCache } from "lru-cache";

export interface LimitVerdict {
  isAllowed: boolean;
  limit: number;
  remaining: number;
  /** Epoch seconds at which the window is over. */
  resetAtSeconds: number;
}

/** One counted use, which can be given back when it turned out not to matter. */
export interface CountedUse extends LimitVerdict {
  takeBack(): Promise<void>;
}

interface Window {
  startedAt: number;
  current: number;
  previous: number;
}

/**
 * In-process sliding-window counter: the last whole window weighs in by the share of it still in view, so a burst
 * at a window's edge cannot double the limit. Keeps the 50,000 most recent names.
 */
export class WindowLimiter {
  readonly #windows = new LRUCache<string, Window>({ max: 50_000 });

  constructor(
    readonly limit: number,
    readonly windowSeconds: number,
  ) {}

  /** Counts one use of `name` at `now` (epoch milliseconds) and says whether it was within the limit. */
  use(name: string, now: number = Date.now()): LimitVerdict {
    const length = this.windowSeconds * 1000;
    const startedAt = now - (now % length);
    let window = this.#windows.get(name);
    if (!window || window.startedAt !== startedAt) {
      const previous = window && window.startedAt === startedAt - length ? window.current : 0;
      window = { startedAt, current: 0, previous };
      this.#windows.set(name, window);
    }
    const weighted = window.current + window.previous * (1 - (now - startedAt) / length);
    const isAllowed = weighted < this.limit;
    if (isAllowed) window.current += 1;
    return {
      isAllowed,
      limit: this.limit,
      remaining: Math.max(0, Math.floor(this.limit - weighted - (isAllowed ? 1 : 0))),
      resetAtSeconds: Math.ceil((startedAt + length) / 1000),
    };
  }

  /** Gives back one use of the present window, when what was counted turned out not to matter. */
  takeBack(name: string): void {
    const window = this.#windows.get(name);
    if (window && window.current > 0) window.current -= 1;
  }
}
