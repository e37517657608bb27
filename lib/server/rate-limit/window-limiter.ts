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
    const window = this.#windowAt(name, now);
    const verdict = this.#verdict(window, now);
    if (verdict.isAllowed) {
      window.current += 1;
      verdict.remaining = Math.max(0, verdict.remaining - 1);
    }
    return verdict;
  }

  /** Whether a use of `name` at `now` would be within the limit. Counts nothing. */
  look(name: string, now: number = Date.now()): LimitVerdict {
    return this.#verdict(this.#windowAt(name, now), now);
  }

  #windowAt(name: string, now: number): Window {
    const length = this.windowSeconds * 1000;
    const startedAt = now - (now % length);
    const last = this.#windows.get(name);
    if (last?.startedAt === startedAt) return last;
    const previous = last && last.startedAt === startedAt - length ? last.current : 0;
    const window = { startedAt, current: 0, previous };
    this.#windows.set(name, window);
    return window;
  }

  #verdict(window: Window, now: number): LimitVerdict {
    const length = this.windowSeconds * 1000;
    // Rounded up: just behind a window's edge, 10 uses of the last one leave room for none, and not for a part of one.
    const inView = Math.ceil(window.previous * (1 - (now - window.startedAt) / length));
    const weighted = window.current + inView;
    return {
      isAllowed: weighted < this.limit,
      limit: this.limit,
      remaining: Math.max(0, this.limit - weighted),
      resetAtSeconds: Math.ceil((window.startedAt + length) / 1000),
    };
  }

  /** Gives back one use of the present window, when what was counted turned out not to matter. */
  takeBack(name: string): void {
    const window = this.#windows.get(name);
    if (window && window.current > 0) window.current -= 1;
  }
}
