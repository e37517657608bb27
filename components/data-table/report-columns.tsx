import { formatFixed, formatNumber } from "@/components/ui/format-number";
import type { RowData } from "@tanstack/react-table";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { NameLink } from "@/components/lists/name-link";
import { Duration } from "@/components/time/duration";
import { ExactTime } from "@/components/time/exact-time";
import { LongText } from "@/components/ui/long-text";
import { useWords } from "@/components/ui/use-words";
import { sortIdOf } from "@/lib/domain/reports/columns";
import type { CellValue, ReportColumn } from "@/lib/domain/reports/report-table";
import type { Text } from "@/lib/domain/text";
import type { DataTableColumn } from "./column";

/** What a screen shows differently from the report: a link, a badge, another header. */
export type ScreenColumn<Row extends RowData> = Partial<Omit<DataTableColumn<Row>, "id" | "firstSort">>;

/**
 * A report's columns as a table's, by the words of `sort=`. `special` changes some of them by their id in the report;
 * null leaves one out, which another column shows as well. Columns on request are for files only.
 */
export function screenColumns<Row extends RowData>(
  columns: readonly ReportColumn<Row>[],
  zone: string,
  special: Readonly<Record<string, ScreenColumn<Row> | null>>,
): DataTableColumn<Row>[] {
  return columns
    .filter(({ id, isOptional }) => !isOptional && special[id] !== null)
    .map((column) => ({
      id: sortIdOf(column),
      header: column.header,
      firstSort: column.firstSort,
      ...(column.sortId && { exportIds: [column.id] }),
      ...styleOf(column),
      cell: (row: Row) => {
        const value = column.value(row) ?? null;
        return companyCell(column.id, value, row) ?? <Cell column={column} value={value} zone={zone} />;
      },
      ...special[column.id],
    }));
}

function styleOf({ kind }: { kind: string }): Pick<DataTableColumn<never>, "align" | "className"> {
  if (kind === "integer" || kind === "decimal") return { align: "end" };
  if (kind === "seconds") return { align: "end", className: "whitespace-nowrap" };
  return kind === "instant" || kind === "date" ? { className: "whitespace-nowrap" } : {};
}

/** A company's name leads to its dashboard. */
function companyCell(id: string, value: CellValue, row: object): ReactNode {
  if (id !== "company" || typeof value !== "string" || !("companyId" in row)) return null;
  return <NameLink href={`/${String(row.companyId)}/dashboard`} name={value} isBeside />;
}

interface CellProps {
  column: { kind: string };
  value: CellValue;
  zone: string;
}

/** A value as its kind is written on a screen. */
function Cell({ column: { kind }, value, zone }: CellProps): ReactNode {
  if (value === null || value === "") return <NoValue />;
  if (typeof value === "object") return <WordedText text={value} />;
  if (kind === "instant") return <ExactTime at={Number(value)} zone={zone} className="tabular list-time" />;
  if (kind === "seconds") return <Duration seconds={Number(value)} className="tabular" />;
  if (kind === "integer") return <span className="tabular">{formatNumber(Number(value))}</span>;
  if (kind === "decimal") return <span className="tabular">{formatFixed(Number(value), 2)}</span>;
  if (kind === "flag") return <Flag isOn={value === true} />;
  return <LongText text={String(value)} />;
}

function WordedText({ text }: { text: Text }) {
  const word = useWords("reportColumns");
  return <LongText text={word(text)} isWords />;
}

function NoValue() {
  const t = useTranslations("lists");
  return <Nothing words={t("none")} />;
}

function Flag({ isOn }: { isOn: boolean }) {
  const t = useTranslations("lists");
  return isOn ? t("yes") : t("no");
}

/** A dash for the eye and a word for those who listen. */
export function Nothing({ words }: { words: string }) {
  return (
    <span className="text-muted-foreground">
      <span aria-hidden>–</span>
      <span className="sr-only">{words}</span>
    </span>
  );
}
