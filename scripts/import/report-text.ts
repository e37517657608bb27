import type { Remark, TableReport } from "@/lib/domain/import/import-report";
import type { ImportReport } from "@/lib/services/import/run-import";

/** The result of a run as text: time zone, reconciliation table, skipped rows, notes and problems. */
export function reportText(report: ImportReport, seconds: number): string {
  const { isDryRun, zone, tables, problems } = report;
  const parts = [
    `${isDryRun ? "Dry run, nothing was written. " : ""}${report.source}`,
    `Stored times are read as ${zone.name}: ${zone.because}.`,
    samplesText(report),
    tableText(tables, isDryRun),
    remarksText("Skipped", tables, (table) => table.skipped),
    remarksText("Notes", tables, (table) => table.notes),
    problems.length > 0 ? `Problems\n${problems.map((problem) => `  ${problem}`).join("\n")}` : "",
    `${seconds.toFixed(1)} s`,
  ];
  return `\n${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function samplesText({ isDryRun, samples }: ImportReport): string {
  if (!isDryRun || samples.length === 0) return "";
  const lines = samples.map(
    ({ id, stored, readings }) =>
      `  id ${id}, stored ${stored}\n${readings.map(({ zone, utc }) => `    as ${zone.padEnd(24)} ${utc} UTC`).join("\n")}`,
  );
  return `Sample logs in each time zone. If the first line of a sample is incorrect, use --timezone.\n${lines.join("\n")}`;
}

const number = (value: number) => value.toLocaleString("en");
const skippedOf = (table: TableReport) => table.skipped.reduce((sum, { count }) => sum + count, 0);

function tableText(tables: readonly TableReport[], isDryRun: boolean): string {
  const header = ["", "read", isDryRun ? "to write" : "written", "changed here", "already here*", "skipped"];
  const rows = tables.map((table) => [
    table.table,
    number(table.read),
    number(table.written),
    number(table.changed),
    number(table.present),
    number(skippedOf(table)),
  ]);
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]!.length)));
  const lines = [header, ...rows].map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]! + 2)))
      .join(""),
  );
  return `${lines.join("\n")}\n* or in the source more than once`;
}

function remarksText(
  title: string,
  tables: readonly TableReport[],
  remarksOf: (table: TableReport) => readonly Remark[],
): string {
  const lines = tables.flatMap((table) =>
    remarksOf(table).map(({ text, count, examples }) => {
      const more = count > examples.length ? ", …" : "";
      return `  ${table.table}: ${number(count)} – ${text} (${examples.join(", ")}${more})`;
    }),
  );
  return lines.length > 0 ? `${title}\n${lines.join("\n")}` : "";
}
