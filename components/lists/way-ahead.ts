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

  go(address: string, to: Place): void {
    this.#coming = { from: address, to };
  }

  /** Notes that a page is shown: whatever was on its way has come, or never will. */
  show(address: string): void {
    if (this.#coming?.from !== address) this.#coming = null;
  }
}
