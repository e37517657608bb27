import type { RowBatches } from "@/lib/domain/reports/report-table";
import { TakeTurns, TURN_MILLISECONDS } from "@/lib/services/reports/take-turns";

/** Rows that are written, in any format, in about a millisecond. */
const ROWS_BETWEEN_LOOKS = 200;

/** The same rows in short batches, others being let in between them whenever a turn is over. */
export async function* shortBatches(batches: RowBatches, signal: AbortSignal): RowBatches {
  const turns = new TakeTurns(TURN_MILLISECONDS, signal);
  for await (const batch of batches) {
    for (let start = 0; start < batch.length; start += ROWS_BETWEEN_LOOKS) {
      if (turns.isOver()) await turns.giveWay();
      yield batch.slice(start, start + ROWS_BETWEEN_LOOKS);
    }
  }
}
