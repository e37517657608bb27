import type { CellKind, CellValue, RowBatches } from "@/lib/domain/reports/report-table";
import type { Reader, TextKey } from "@/lib/domain/text";
import type { IanaZone } from "@/lib/domain/zones";
import type { OpenedTable } from "@/lib/services/tables/table-source";

/** A column of a list that has files of its own, beside the read API. */
export interface ListColumn<Row> {
  header: TextKey;
  kind?: CellKind;
  value: (row: Row, reader: Reader) => CellValue;
}

interface ListView extends Partial<Pick<OpenedTable, "range">> {
  zone: IanaZone;
  reader: Reader;
}

/** The rows of such a list as the shared writers of files take them. */
export function listTable<Row>(
  columns: readonly ListColumn<Row>[],
  rows: AsyncIterable<readonly Row[]>,
  { zone, range = null, reader }: ListView,
): OpenedTable {
  async function* batches(): RowBatches {
    for await (const batch of rows) yield batch.map((row) => columns.map(({ value }) => value(row, reader)));
  }
  return {
    columns: columns.map(({ header, kind = "text" }) => ({ id: header, header: { key: header }, kind })),
    zone,
    range,
    filterWords: async () => [],
    batches,
  };
}
