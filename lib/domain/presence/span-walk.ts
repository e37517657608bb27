/**
 * Passes by the ends of the spans of several lists in the order of time, each list flat and ascending. An account may be on
 * hundreds of computers, so a heap of the lists says which comes next.
 */
export class SpanWalk {
  readonly #lists: readonly (readonly number[])[];
  /** Of each list the end that is next. */
  readonly #places: number[];
  /** The lists that are not over, none before the one at half its place. */
  readonly #heap: number[];

  constructor(lists: readonly (readonly number[])[]) {
    this.#lists = lists;
    this.#places = lists.map(() => 0);
    this.#heap = [...lists.keys()].filter((list) => lists[list]!.length > 0);
    for (let place = (this.#heap.length >> 1) - 1; place >= 0; place -= 1) this.#sink(place);
  }

  get isOver(): boolean {
    return this.#heap.length === 0;
  }

  /** Of the next end; not to be asked for when it is over. */
  get at(): number {
    return this.#nextOf(this.#heap[0]!);
  }

  /** Passes by the next end. Gives the number of its list; they are a beginning and an end in turn. */
  pass(): number {
    const list = this.#heap[0]!;
    this.#places[list]! += 1;
    if (this.#places[list]! === this.#lists[list]!.length) {
      const last = this.#heap.pop()!;
      if (this.isOver) return list;
      this.#heap[0] = last;
    }
    this.#sink(0);
    return list;
  }

  #nextOf(list: number): number {
    return this.#lists[list]![this.#places[list]!]!;
  }

  #sink(from: number): void {
    const heap = this.#heap;
    const list = heap[from]!;
    const at = this.#nextOf(list);
    let place = from;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && this.#nextOf(heap[child + 1]!) < this.#nextOf(heap[child]!)) child += 1;
      if (at <= this.#nextOf(heap[child]!)) break;
      heap[place] = heap[child]!;
      place = child;
    }
    heap[place] = list;
  }
}
