import { formatNumber } from "@/components/ui/format-number";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";

interface HeatMapProps {
  label: string;
  rowLabels: readonly string[];
  columnLabels: readonly string[];
  /** One row of numbers for each row label, each as long as the column labels. */
  values: readonly (readonly number[])[];
  /** "logon", "logons". */
  noun: readonly [one: string, many: string];
  /** Every how many columns the label is written out; all are there for screen readers. */
  labelEvery?: number;
  className?: string;
}

const STEPS = [0, 22, 40, 60, 80, 100];

/** From nothing to the largest value in five steps; any value above nothing is told apart from nothing. */
function shade(value: number, max: number): string {
  const step = value <= 0 ? 0 : Math.max(1, Math.ceil((value / max) * (STEPS.length - 1)));
  return `color-mix(in oklab, var(--chart-heat) ${STEPS[step]}%, var(--muted))`;
}

/** A grid such as hours of the week, the darker the more. A real table: each cell reads as its number. */
export function HeatMap({
  label,
  rowLabels,
  columnLabels,
  values,
  noun,
  labelEvery = 3,
  className,
}: HeatMapProps) {
  const t = useTranslations("charts");
  const list = useTranslations("lists");
  const max = Math.max(1, ...values.flat());
  return (
    <figure className={cn("grid min-w-0 gap-2", className)}>
      <section
        aria-label={list("scrollable", { label })}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls sideways where it is very narrow
        tabIndex={0}
        className="relative overflow-x-auto"
        data-scroll
      >
        <table
          aria-label={label}
          className="w-full min-w-72 table-fixed border-separate border-spacing-px text-xs sm:border-spacing-0.5"
        >
          <thead>
            <tr>
              <th scope="col" className="w-9 sm:w-12">
                <span className="sr-only">{t("row")}</span>
              </th>
              {columnLabels.map((column, index) => (
                <th
                  key={column}
                  scope="col"
                  className="relative h-5 p-0 text-start font-normal text-muted-foreground"
                >
                  <span
                    className={
                      index % labelEvery === 0 ? "absolute inset-y-0 start-0 whitespace-nowrap" : "sr-only"
                    }
                  >
                    {column}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rowLabels.map((row, rowIndex) => (
              <tr key={row}>
                <th scope="row" className="pe-1 text-start font-normal text-muted-foreground">
                  {row}
                </th>
                {columnLabels.map((column, columnIndex) => {
                  const value = values[rowIndex]?.[columnIndex] ?? 0;
                  return (
                    <td
                      key={column}
                      title={`${row} ${column}: ${formatNumber(value)} ${value === 1 ? noun[0] : noun[1]}`}
                      style={{ backgroundColor: shade(value, max) }}
                      className="h-6 rounded-xs p-0"
                    >
                      <span className="sr-only">{value}</span>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <figcaption className="flex items-center justify-end gap-1.5 text-xs text-muted-foreground">
        0
        <span aria-hidden className="flex gap-0.5">
          {STEPS.map((step, index) => (
            <span
              key={step}
              className="size-3 rounded-xs"
              style={{ backgroundColor: shade(index, STEPS.length - 1) }}
            />
          ))}
        </span>
        {formatNumber(max)} {max === 1 ? noun[0] : noun[1]}
      </figcaption>
    </figure>
  );
}
