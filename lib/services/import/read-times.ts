import type { TableTally } from "@/lib/domain/import/import-report";
import { settleRepeatedHour, type RepeatedRow } from "@/lib/domain/import/repeated-hour";
import { integerOf, textOf, type SourceRow } from "@/lib/domain/import/stored-value";
import { meaningOf, parseStoredTime } from "@/lib/domain/import/wall-clock";
import type { IanaZone } from "@/lib/domain/zones";

/**
 * Turns a table's wall-clock times into instants: first every row is looked at, in the order of ids, then each can
 * be told.
 */
export class TimeReader {
  readonly #repeated: RepeatedRow[] = [];
  #laterIds: ReadonlySet<number> = new Set();
  #doubtful: ReadonlySet<number> = new Set();

  constructor(readonly zone: IanaZone) {}

  lookAt(row: SourceRow): void {
    const stored = parseStoredTime(textOf(row.timestamp) ?? "");
    const meaning = stored && meaningOf(stored, this.zone);
    if (meaning?.is !== "repeated") return;
    this.#repeated.push({
      id: integerOf(row.id)!,
      local: stored!.local,
      earlier: meaning.earlier,
      later: meaning.later,
    });
  }

  /** Once every row was looked at. */
  settle(): void {
    const { laterIds, doubtfulIds } = settleRepeatedHour(this.#repeated);
    this.#laterIds = laterIds;
    this.#doubtful = new Set(doubtfulIds);
  }

  /** The row's instant in epoch milliseconds; null when its time cannot be read. Notes what was not plain. */
  instantOf(row: SourceRow, tally: TableTally): number | null {
    const stored = parseStoredTime(textOf(row.timestamp) ?? "");
    if (!stored) return null;
    const meaning = meaningOf(stored, this.zone);
    if (meaning.is === "exact") return meaning.at;
    const id = integerOf(row.id)!;
    if (meaning.is === "skipped") {
      tally.note("its time was skipped when clocks went forward; moved to after the change", `id ${id}`);
      return meaning.at;
    }
    tally.note(
      "its time is in the repeated hour when clocks went back; resolved by the order of IDs",
      `id ${id}`,
    );
    if (this.#doubtful.has(id)) {
      const guess = this.#laterIds.has(id) ? "later" : "earlier";
      tally.note(`the order of IDs doesn't resolve the repeated hour; used the ${guess} one`, `id ${id}`);
    }
    return this.#laterIds.has(id) ? meaning.later : meaning.earlier;
  }
}
