/**
 * Readings of a page, one at a time: a new one would take the place of the one under way, so that a page slower than the
 * news would never come. After each the pause begins, and what is asked for meanwhile is one reading that follows it.
 */
export class PacedReading {
  /** Begins a reading; `end` is to be called once it has come. */
  readonly #begin: () => void;
  #isUnderWay = false;
  #isHeld = false;
  #isDue = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(begin: () => void) {
    this.#begin = begin;
  }

  /** Reads now, or as soon as it may. */
  ask(): void {
    this.#isDue = true;
    this.#go();
  }

  /** The reading has come; the next begins no sooner than the pause is over. */
  end(pauseMilliseconds: number): void {
    this.#isUnderWay = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#go();
    }, pauseMilliseconds);
  }

  /** While the page is held, as it is being changed otherwise, none begins. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    this.#go();
  }

  /** The page is left. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isDue = false;
  }

  #go(): void {
    if (!this.#isDue || this.#isUnderWay || this.#isHeld || this.#timer !== undefined) return;
    this.#isDue = false;
    this.#isUnderWay = true;
    this.#begin();
  }
}
