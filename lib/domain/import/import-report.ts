/** How often something was noted, with the first few rows it was noted of. */
export interface Remark {
  text: string;
  count: number;
  examples: string[];
}

/** What came of one table of the source; `read` is `written` + `present` + `changed` + all that was skipped. */
export interface TableReport {
  table: string;
  read: number;
  written: number;
  /** There already, or standing in the source more than once. */
  present: number;
  /** Rows of the new installation that took the original's values. */
  changed: number;
  skipped: Remark[];
  /** What the administrator should know of rows that were not skipped. */
  notes: Remark[];
}

const EXAMPLES_KEPT = 5;

/** Counts one table's rows as they are dealt with. */
export class TableTally {
  read = 0;
  written = 0;
  present = 0;
  changed = 0;
  readonly #skipped = new Map<string, Remark>();
  readonly #notes = new Map<string, Remark>();

  constructor(readonly table: string) {}

  /** `reason` goes on after "skipped, because"; `row` names the row. */
  skip(reason: string, row: string): void {
    remember(this.#skipped, reason, row);
  }

  note(text: string, row: string): void {
    remember(this.#notes, text, row);
  }

  get skippedCount(): number {
    return [...this.#skipped.values()].reduce((sum, remark) => sum + remark.count, 0);
  }

  report(): TableReport {
    const { table, read, written, present, changed } = this;
    const [skipped, notes] = [[...this.#skipped.values()], [...this.#notes.values()]];
    return { table, read, written, present, changed, skipped, notes };
  }
}

function remember(remarks: Map<string, Remark>, text: string, row: string): void {
  const remark = remarks.get(text) ?? { text, count: 0, examples: [] };
  remark.count += 1;
  if (remark.examples.length < EXAMPLES_KEPT) remark.examples.push(row);
  remarks.set(text, remark);
}
