import type { PlainBatches, PlainCells } from "@/lib/domain/reports/report-table";
import { ianaZone } from "@/lib/domain/zones";
import { ENGLISH_READER } from "@/lib/english";
import { wordHeading } from "@/lib/export/heading";
import type { FileColumn } from "@/lib/export/word-cells";

/** A column of every kind. */
export const SAMPLE_COLUMNS: readonly FileColumn[] = [
  { id: "name", header: "Name", kind: "text" },
  { id: "count", header: "Count", kind: "integer" },
  { id: "spent", header: "Spent", kind: "seconds" },
  { id: "at", header: "At", kind: "instant" },
  { id: "day", header: "Day", kind: "date" },
  { id: "isNew", header: "New", kind: "flag" },
];

export const SAMPLE_HEADING = wordHeading(
  {
    title: "Sample",
    companyName: "Çelik & Söhne <GmbH>",
    range: { from: Date.parse("2026-06-30T22:00:00Z"), to: Date.parse("2026-07-02T22:00:00Z") },
    filterWords: ["Site: Madrid", "Search: a&b"],
    zone: ianaZone("Europe/Madrid"),
    madeAt: Date.parse("2026-07-03T10:00:00Z"),
  },
  ENGLISH_READER,
);

/** Names that writers of files stumble over. */
export const TRICKY_NAMES = [
  "=1+1",
  "+44",
  "-5",
  "@cmd",
  "\tx",
  'say "hi", <you> & me',
  "Çelik Ж Ω שלום سلام",
  "_x0041_",
  "",
  "  spaced  ",
];

export async function* inBatches(rows: readonly PlainCells[], batchRows: number): PlainBatches {
  for (let start = 0; start < rows.length; start += batchRows) yield rows.slice(start, start + batchRows);
}

export async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}
