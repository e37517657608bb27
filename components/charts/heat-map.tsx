import { useTranslations } from "next-intl";
import type { CSSProperties } from "react";
import { tableRoles } from "@/components/data-table/table-roles";
import { cn } from "@/components/ui/cn";
import { formatCompact, formatNumber } from "@/components/ui/format-number";

interface HeatMapProps {
  label: string;
  rowLabels: readonly string[];
  columnLabels: readonly string[];
  /** One row of numbers for each row label, each as long as the column labels. */
  values: readonly (readonly number[])[];
  /** "logon", "logons". */
  noun: readonly [one: string, many: string];
}

/** In percent of the color. Numbers can be read on each, in both themes. */
const STEPS = [0, 22, 40, 58, 76, 100];

/** From nothing to the largest value in five steps; any value above nothing is told apart from nothing. */
const stepOf = (value: number, max: number) =>
  value <= 0 ? 0 : Math.max(1, Math.ceil((value / max) * (STEPS.length - 1)));

/** Every how many columns the label is written out on a wide screen; all are there for screen readers. */
const LABEL_EVERY = 3;

const shade = (step: number) => `color-mix(in oklab, var(--chart-heat) ${STEPS[step]}%, var(--muted))`;

/**
 * A grid such as hours of the week, the darker the more. A real table: each cell reads as its number.
 *
 * On a phone rows and columns change places, so that there is room for the numbers.
 */
export function HeatMap({ label, rowLabels, columnLabels, values, noun }: HeatMapProps) {
  const t = useTranslations("charts");
  const max = Math.max(1, ...values.flat());
  const words = (value: number) => `${formatNumber(value)} ${value === 1 ? noun[0] : noun[1]}`;
  const sizes = { "--rows": rowLabels.length, "--columns": columnLabels.length } as CSSProperties;
  return (
    <figure className="grid min-w-0 gap-2">
      <table
        {...tableRoles.table}
        aria-label={label}
        style={sizes}
        className="grid gap-px text-xs max-sm:grid-flow-col max-sm:grid-cols-[2.75rem_repeat(var(--rows),minmax(0,1fr))] max-sm:grid-rows-[repeat(calc(var(--columns)_+_1),1.25rem)] sm:grid-cols-[3rem_repeat(var(--columns),minmax(0,1fr))] sm:gap-0.5"
      >
        <thead {...tableRoles.group} className="contents">
          <tr {...tableRoles.row} className="contents">
            <th {...tableRoles.columnHeader} scope="col">
              <span className="sr-only">{t("row")}</span>
            </th>
            {columnLabels.map((column, index) => (
              <th
                key={column}
                {...tableRoles.columnHeader}
                scope="col"
                className="relative h-5 text-start leading-5 font-normal text-muted-foreground"
              >
                <span className={index % LABEL_EVERY === 0 ? "inset-y-0 start-0 sm:absolute" : "sm:sr-only"}>
                  {column}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...tableRoles.group} className="contents">
          {rowLabels.map((row, rowIndex) => (
            <tr key={row} {...tableRoles.row} className="contents">
              <th
                {...tableRoles.rowHeader}
                scope="row"
                className="leading-5 font-normal text-muted-foreground max-sm:text-center sm:text-start sm:leading-6"
              >
                {row}
              </th>
              {columnLabels.map((column, columnIndex) => {
                const value = values[rowIndex]?.[columnIndex] ?? 0;
                const step = stepOf(value, max);
                return (
                  <td
                    key={column}
                    {...tableRoles.cell}
                    title={`${row} ${column}: ${words(value)}`}
                    style={{ backgroundColor: shade(step) }}
                    className={cn(
                      "tabular h-5 rounded-xs text-center text-[0.6875rem] leading-5 sm:h-6",
                      step === STEPS.length - 1 && "dark:text-background",
                    )}
                  >
                    <span className="sm:sr-only">{value < 10_000 ? value : formatCompact(value)}</span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <figcaption className="flex items-center justify-end gap-1.5 text-xs text-muted-foreground">
        0
        <span aria-hidden className="flex gap-0.5">
          {STEPS.map((percent, step) => (
            <span key={percent} className="size-3 rounded-xs" style={{ backgroundColor: shade(step) }} />
          ))}
        </span>
        {words(max)}
      </figcaption>
    </figure>
  );
}
