import type { ExportHeading } from "@/lib/export/heading";
import type { OpenedTable, TableSource } from "./table-source";

/** What a file of the table says above its rows. */
export async function headingOf(
  source: TableSource,
  table: OpenedTable,
  company: { name: string } | null,
  now: number,
): Promise<ExportHeading> {
  return {
    title: source.title,
    companyName: company?.name ?? "All companies",
    range: table.range,
    filterWords: await table.filterWords(),
    zone: table.zone,
    madeAt: now,
  };
}
