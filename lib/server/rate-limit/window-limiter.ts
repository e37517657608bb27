import { LRUCache } from "lru-cache";

export interface LimitVerdict {
  isAllowed: boolean;
  limit: number;
  remaining: number;
  /** Epoch seconds: for a refused use, when one is allowed again unless others go first; else the window's end. */
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
    // Divided last, so that what is a whole number stays one.
    const inView = Math.ceil((window.previous * (window.startedAt + length - now)) / length);
    const weighted = window.current + inView;
    const isAllowed = weighted < this.limit;
    const resetAt = isAllowed ? window.startedAt + length : this.#roomAt(window);
    return {
      isAllowed,
      limit: this.limit,
      remaining: Math.max(0, this.limit - weighted),
      resetAtSeconds: Math.ceil(resetAt / 1000),
    };
  }

  /** When the uses counted so far leave room for one more, epoch milliseconds: in this window or, as the last one, the next. */
  #roomAt({ startedAt, current, previous }: Window): number {
    const length = this.windowSeconds * 1000;
    const isNext = current >= this.limit;
    const [start, last, room] = isNext
      ? [startedAt + length, current, this.limit - 1]
      : [startedAt, previous, this.limit - 1 - current];
    return start + Math.ceil((length * (last - room)) / last);
  }

  /** Gives back one use of the present window, when what was counted turned out not to matter. */
  takeBack(name: string): void {
    const window = this.#windows.get(name);
    if (window && window.current > 0) window.current -= 1;
  }
}
