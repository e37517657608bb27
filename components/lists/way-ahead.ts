/**
 * Where the newest step of a list leads while its page is on its way, so that the next step builds on that and not on
 * the page that is still shown.
 */
export class WayAhead<Place> {
  #coming: { from: string; to: Place } | null = null;

  /** What a step builds on; `address` is the one of the page that is shown. */
  base(address: string, shown: Place): Place {
    return this.#coming?.from === address ? this.#coming.to : shown;
  }

  /** Notes a step, and answers how to note that it is over: a page that never came has nothing to build on. */
  go(address: string, to: Place): () => void {
    const step = { from: address, to };
    this.#coming = step;
    return () => {
      // Another step may be on its way by then.
      if (this.#coming === step) this.#coming = null;
    };
  }

  /** Notes that a page is shown: whatever was on its way has come, or never will. */
  show(address: string): void {
    if (this.#coming?.from !== address) this.#coming = null;
  }
}
