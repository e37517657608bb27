/** Says when to tell of what happens often: at once, then at most once in a while with the number since. */
export class Seldom {
  readonly #milliseconds: number;
  #since = 0;
  #toldAt = -Infinity;

  constructor(milliseconds: number) {
    this.#milliseconds = milliseconds;
  }

  /** Counts one more at `now` (epoch milliseconds); the number to tell of, 0 while there is nothing to tell. */
  count(now: number = Date.now()): number {
    this.#since += 1;
    if (now - this.#toldAt < this.#milliseconds) return 0;
    const count = this.#since;
    this.#toldAt = now;
    this.#since = 0;
    return count;
  }
}
