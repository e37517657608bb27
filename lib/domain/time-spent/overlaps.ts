/** What an account did on one of its computers in some time; epoch milliseconds. */
export interface PlacedTime {
  /** The number of the computer. */
  place: number;
  start: number;
  end: number;
}

/** Those that overlap or touch what was done at another place. */
export function meetingOthers<Time extends PlacedTime>(times: readonly Time[]): Time[] {
  const byStart = times.toSorted((a, b) => a.start - b.start);
  const meets = byStart.map(() => false);
  const before = new Extreme();
  byStart.forEach(({ place, start, end }, index) => {
    if (before.elsewhere(place) >= start) meets[index] = true;
    before.note(place, end);
  });
  const behind = new Extreme();
  for (let index = byStart.length - 1; index >= 0; index -= 1) {
    const { place, start, end } = byStart[index]!;
    if (-behind.elsewhere(place) <= end) meets[index] = true;
    behind.note(place, -start);
  }
  return byStart.filter((_, index) => meets[index]);
}

/** The greatest number that was noted of any other place. */
class Extreme {
  #place = NaN;
  #greatest = -Infinity;
  /** Of all places but the one that has the greatest. */
  #second = -Infinity;

  elsewhere(place: number): number {
    return place === this.#place ? this.#second : this.#greatest;
  }

  note(place: number, value: number): void {
    if (place === this.#place) {
      this.#greatest = Math.max(this.#greatest, value);
    } else if (value > this.#greatest) {
      this.#second = this.#greatest;
      this.#greatest = value;
      this.#place = place;
    } else {
      this.#second = Math.max(this.#second, value);
    }
  }
}
