import { NO_TOTALS, type PlainBatches, type PlainTotals } from "@/lib/domain/reports/report-table";
import type { ExportHeading } from "./heading";
import type { FileColumn } from "./word-cells";

/** Files that take so much computing that a thread of their own writes them. */
export type HeavyFormat = "xlsx" | "pdf";

export interface HeavyFile {
  format: HeavyFormat;
  heading: ExportHeading;
  columns: readonly FileColumn[];
}

/** Writes the file in this thread. The writers are loaded on demand: they are large, and seldom needed. */
export async function* writeHeavyFile(
  { format, heading, columns }: HeavyFile,
  batches: PlainBatches,
  totals: PlainTotals = NO_TOTALS,
): AsyncGenerator<Uint8Array> {
  if (format === "xlsx") {
    const { writeXlsx } = await import("./xlsx");
    yield* writeXlsx(heading, columns, batches, { totals });
  } else {
    const { writePdf } = await import("./pdf");
    yield* writePdf(heading, columns, batches, totals);
  }
}
