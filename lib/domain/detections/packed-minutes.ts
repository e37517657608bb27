/** Begins minutes that are packed as gaps. */
const MARK = ".";
/** Of the six bits of a digit, five are of the number, the lowest first, and the highest says that more follow. */
const DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
const MORE = 32;
/** By the digit's code: reading must be quick, as each start of a session reads all that are packed. */
const VALUES = new Uint8Array(128);
[...DIGITS].forEach((digit, value) => {
  VALUES[digit.charCodeAt(0)] = value;
});
/** Digits of base 36 of each minute in the older form, which has no mark and the oldest first. */
const OLDER_WIDTH = 5;

/**
 * Packs minutes, which are in order with the newest first: the newest, then how much older each is than the one before.
 * Those of an account that is busy all day take a character each.
 */
export function packMinutes(minutes: readonly number[]): string {
  let packed = minutes.length === 0 ? "" : MARK;
  minutes.forEach((minute, index) => {
    packed += packNumber(index === 0 ? minute : minutes[index - 1]! - minute);
  });
  return packed;
}

function packNumber(number: number): string {
  let digits = "";
  let left = number;
  for (; left >= MORE; left = Math.floor(left / MORE)) digits += DIGITS[MORE + (left % MORE)];
  return digits + DIGITS[left];
}

function fromOlderForm(packed: string): string {
  const minutes: number[] = [];
  for (let end = packed.length; end > 0; end -= OLDER_WIDTH) {
    minutes.push(Number.parseInt(packed.slice(end - OLDER_WIDTH, end), 36));
  }
  return packMinutes(minutes);
}

/** Reads packed minutes, the newest first. */
export class PackedMinutes {
  /** The one that was read last. */
  minute = 0;
  /** Where the next one is. */
  place = MARK.length;
  /** Whether there was none any more. */
  isOver = false;
  readonly #packed: string;

  constructor(packed: string) {
    this.#packed = packed.startsWith(MARK) ? packed : fromOlderForm(packed);
  }

  /** Those not read yet, as they are packed. */
  get rest(): string {
    return this.#packed.slice(this.place);
  }

  /** Reads one; false when there is none any more. */
  next(): boolean {
    this.isOver = this.place >= this.#packed.length;
    if (this.isOver) return false;
    const isFirst = this.place === MARK.length;
    const number = this.#number();
    this.minute = isFirst ? number : this.minute - number;
    return true;
  }

  #number(): number {
    let number = 0;
    for (let unit = 1; ; unit *= MORE) {
      const digit = VALUES[this.#packed.charCodeAt(this.place)] ?? 0;
      this.place += 1;
      number += (digit % MORE) * unit;
      if (digit < MORE) return number;
    }
  }
}
