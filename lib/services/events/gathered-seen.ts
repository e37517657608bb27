import type { CompanyWriteScope } from "@/db/scope";

interface Seen {
  scope: CompanyWriteScope;
}

/** What is kept of one account or computer. While it is written, what comes is gathered in another. */
export interface Kept<Key, Value> {
  key: Key;
  value: Value;
  state: "gathered" | "writing" | "written";
}

const MOST_KEPT = 100_000;

/**
 * What was seen of accounts or computers since it was last written, by company.
 *
 * What is written stays, to be filled anew: a busy portal hears of thousands of different ones a second, and objects
 * made for each and thrown away with each writing kept the garbage collector busy.
 */
export class GatheredSeen<Key, Value extends Seen> {
  readonly #companies = new Map<number, Map<Key, Kept<Key, Value>>>();
  #count = 0;

  constructor(
    /** Adds what is new to what is gathered. */
    readonly merge: (known: Value, seen: Value) => void,
    /** Makes what was written the same as what is new. */
    readonly replace: (known: Value, seen: Value) => void,
  ) {}

  add(key: Key, value: Value): void {
    const { companyId } = value.scope;
    let ofCompany = this.#companies.get(companyId);
    if (!ofCompany) this.#companies.set(companyId, (ofCompany = new Map()));
    const kept = ofCompany.get(key);
    if (kept?.state === "gathered") this.merge(kept.value, value);
    else if (kept?.state === "written") {
      this.replace(kept.value, value);
      kept.state = "gathered";
    } else {
      if (!kept) this.#count += 1;
      ofCompany.set(key, { key, value, state: "gathered" });
    }
  }

  /** Takes what is gathered to write it. */
  take(): Kept<Key, Value>[] {
    const taken: Kept<Key, Value>[] = [];
    for (const ofCompany of this.#companies.values()) {
      for (const kept of ofCompany.values()) {
        if (kept.state !== "gathered") continue;
        kept.state = "writing";
        taken.push(kept);
      }
    }
    return taken;
  }

  /** What was taken is written. */
  settle(taken: readonly Kept<Key, Value>[]): void {
    for (const kept of taken) kept.state = "written";
    if (this.#count > MOST_KEPT) this.#forgetWritten();
  }

  /** What was taken could not be written, so it is gathered again, with what has come since. */
  giveBack(taken: readonly Kept<Key, Value>[]): void {
    for (const kept of taken) {
      const isCurrent = this.#companies.get(kept.value.scope.companyId)?.get(kept.key) === kept;
      if (isCurrent) kept.state = "gathered";
      else this.add(kept.key, kept.value);
    }
  }

  #forgetWritten(): void {
    for (const [companyId, ofCompany] of this.#companies) {
      for (const [key, { state }] of ofCompany) {
        if (state !== "written") continue;
        ofCompany.delete(key);
        this.#count -= 1;
      }
      if (ofCompany.size === 0) this.#companies.delete(companyId);
    }
  }
}
