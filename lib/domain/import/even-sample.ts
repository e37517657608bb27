/** Items spread evenly over all that are offered, however many come: at least `size` of them, fewer than twice as many. */
export class EvenSample<T> {
  #items: T[] = [];
  #offered = 0;
  #step = 1;

  constructor(readonly size: number) {}

  offer(item: T): void {
    const isTaken = this.#offered % this.#step === 0;
    this.#offered += 1;
    if (!isTaken) return;
    this.#items.push(item);
    if (this.#items.length < 2 * this.size) return;
    this.#items = this.#items.filter((_, index) => index % 2 === 0);
    this.#step *= 2;
  }

  /** In the order in which they were offered; all of them while there are fewer than twice the size. */
  get items(): readonly T[] {
    return this.#items;
  }
}
