import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { EmptyState } from "@/components/ui/empty-state";
import type { PrintedTable } from "@/lib/domain/reports/printed-table";
import { isNumericKind, type CellKind } from "@/lib/domain/reports/report-table";
import { PrintButton } from "./print-button";

/** A table on paper: the heading, then every row under headers that come again on each sheet. */
export function PrintView(table: PrintedTable) {
  const t = useTranslations("print");
  const { title, lines, columns, rows, totals, hasTickBoxes, isCut } = table;
  return (
    <main className="mx-auto grid max-w-[277mm] gap-4 bg-background p-6 text-foreground print:max-w-none print:p-0">
      <div className="flex items-start justify-between gap-4">
        <h1 className="text-xl font-semibold">{title}</h1>
        <PrintButton label={t("print")} />
      </div>
      <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-0.5 text-sm">
        {lines.map(([term, value]) => (
          <div key={term} className="contents">
            <dt className="text-muted-foreground">{term}</dt>
            <dd className="wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
      {isCut && (
        <p role="alert" className="border-2 border-foreground p-2 text-sm font-medium">
          {t("cut", { count: rows.length })}
        </p>
      )}
      {rows.length === 0 ? (
        <EmptyState title={t("none")} description={t("noneNote")} />
      ) : (
        <div className="overflow-x-auto print:overflow-visible">
          <table
            className={cn(
              "w-full border-collapse text-start text-xs",
              columns.length > 12 && "text-[0.625rem]",
            )}
          >
            <PrintedHead columns={columns} hasTickBoxes={hasTickBoxes} />
            <tbody>
              {rows.map((cells, at) => (
                // Rows have no name of their own here, and never change.
                // oxlint-disable-next-line react/no-array-index-key
                <tr key={at} className="break-inside-avoid border-b">
                  {hasTickBoxes && <TickBox />}
                  <PrintedCells columns={columns} cells={cells} />
                </tr>
              ))}
              {totals.map((cells, at) => (
                // oxlint-disable-next-line react/no-array-index-key
                <tr
                  key={at}
                  className={cn(
                    "break-inside-avoid border-b font-semibold",
                    at === 0 && "border-t-2 border-t-foreground",
                  )}
                >
                  {hasTickBoxes && (
                    <td>
                      <span className="sr-only">{t("total")}</span>
                    </td>
                  )}
                  <PrintedCells columns={columns} cells={cells} />
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className="text-xs text-muted-foreground">{t("rows", { count: rows.length })}</p>
    </main>
  );
}

type PrintedColumns = Pick<PrintedTable, "columns">;

function PrintedHead({ columns, hasTickBoxes }: PrintedColumns & { hasTickBoxes: boolean }) {
  const t = useTranslations("print");
  return (
    <thead>
      <tr className="border-b-2 border-foreground">
        {hasTickBoxes && (
          <th scope="col" className="w-8 px-1.5 py-1 text-start">
            {t("here")}
          </th>
        )}
        {columns.map(({ id, header, kind }) => (
          <th
            key={id}
            scope="col"
            className={cn("px-1.5 py-1", isNumericKind(kind) ? "text-end" : "text-start")}
          >
            {header}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function PrintedCells({ columns, cells }: PrintedColumns & { cells: readonly string[] }) {
  return columns.map(({ id, kind }, column) => (
    <td key={id} className={cellClass(kind, columns.length)}>
      {isOneLine(kind, columns.length) ? cells[column] : <Unbroken text={cells[column] ?? ""} />}
    </td>
  ));
}

/** Days stay whole where a cell takes several lines, also within sentences; lines break at hyphens otherwise. */
function Unbroken({ text }: { text: string }) {
  return text.split(/(\d{4}-\d{2}-\d{2})/).map((part, at) =>
    at % 2 === 0 ? (
      part
    ) : (
      // Parts of a text have nothing of their own but their place, and never change.
      // oxlint-disable-next-line react/no-array-index-key
      <span key={at} className="whitespace-nowrap">
        {part}
      </span>
    ),
  );
}

function cellClass(kind: CellKind, columnCount: number): string {
  if (isNumericKind(kind)) return "tabular px-1.5 py-0.5 text-end";
  return isOneLine(kind, columnCount)
    ? "tabular px-1.5 py-0.5 whitespace-nowrap"
    : "px-1.5 py-0.5 wrap-anywhere";
}

/** Dates stay on one line, and times where the sheet is wide enough for the columns. */
function isOneLine(kind: CellKind, columnCount: number): boolean {
  return kind === "date" || (kind === "instant" && columnCount <= 8);
}

/** To be ticked with a pen. */
function TickBox() {
  const t = useTranslations("print");
  return (
    <td className="px-1.5 py-1">
      <span aria-hidden className="block size-4 border-2 border-foreground" />
      <span className="sr-only">{t("notTicked")}</span>
    </td>
  );
}
