import type { Reader } from "@/lib/domain/text";
import { wordHeading, type ExportHeading } from "@/lib/export/heading";
import type { OpenedTable, TableSource } from "./table-source";

interface HeadingAsk {
  /** Null for all that the reader may see. */
  company: { name: string } | null;
  now: number;
  reader: Reader;
}

/** What a file of the table says above its rows, in the reader's language. */
export async function headingOf(
  source: TableSource,
  table: OpenedTable,
  { company, now, reader }: HeadingAsk,
): Promise<ExportHeading> {
  const facts = {
    title: { key: source.title },
    companyName: company?.name ?? null,
    range: table.range,
    filterWords: await table.filterWords(),
    zone: table.zone,
    madeAt: now,
  };
  return wordHeading(facts, reader);
}
