const FIRST_SLOTS = 1 << 16;

/**
 * A set of digests by their first 64 bits, 16 to 32 bytes for each. A Set of texts ends at 16.7 million.
 *
 * Two different digests count as the same with a probability of n² / 2^65: once in 3,000 sets of a hundred million.
 */
export class DigestSet {
  #slots = new Uint32Array(2 * FIRST_SLOTS);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Adds a digest of at least 16 hexadecimal digits, evenly distributed; tells whether it was not there yet. */
  add(digest: string): boolean {
    const high = Number.parseInt(digest.slice(0, 8), 16);
    // An empty slot is 0 and 0.
    const low = Number.parseInt(digest.slice(8, 16), 16) || 1;
    if (!place(this.#slots, high, low)) return false;
    this.#size += 1;
    if (this.#size * 4 > this.#slots.length) this.#grow();
    return true;
  }

  #grow(): void {
    const slots = new Uint32Array(this.#slots.length * 2);
    for (let at = 0; at < this.#slots.length; at += 2) {
      if (this.#slots[at + 1] !== 0) place(slots, this.#slots[at]!, this.#slots[at + 1]!);
    }
    this.#slots = slots;
  }
}

/** Puts a pair into the first free slot from its own on; false where it is found. */
function place(slots: Uint32Array, high: number, low: number): boolean {
  const count = slots.length / 2;
  for (let slot = high % count; ; slot = (slot + 1) % count) {
    const [thisHigh, thisLow] = [slots[2 * slot]!, slots[2 * slot + 1]!];
    if (thisLow === low && thisHigh === high) return false;
    if (thisLow !== 0) continue;
    slots[2 * slot] = high;
    slots[2 * slot + 1] = low;
    return true;
  }
}
