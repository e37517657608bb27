import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";

export interface ChartTableProps {
  /** The chart's. */
  label: string;
  /** That of the bars' titles first. */
  headings: readonly string[];
  rows: readonly { bar: { at: number; title: string; isRunning: boolean }; cells: readonly string[] }[];
  /** False: only for screen readers. */
  isShown: boolean;
  /** Pixels, as high as the plot. */
  height: number;
}

/** The chart's numbers. */
export function ChartTable({ label, headings, rows, isShown, height }: ChartTableProps) {
  const t = useTranslations("charts");
  return (
    <section
      aria-label={t("table", { label })}
      // While shown it scrolls, so the arrow keys must reach it.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={isShown ? 0 : undefined}
      data-print={isShown ? "expand" : undefined}
      style={isShown ? { maxHeight: height } : undefined}
      className={cn(isShown ? "relative overflow-auto" : "sr-only")}
    >
      <table aria-label={label} className="w-full text-xs">
        <thead>
          <tr>
            {headings.map((word, index) => (
              <th
                key={word}
                scope="col"
                className={cn(
                  "sticky top-0 h-8 bg-card px-2 font-medium whitespace-nowrap text-muted-foreground",
                  index === 0 ? "text-start" : "text-end",
                )}
              >
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ bar, cells }) => (
            <tr key={bar.at} className="border-t">
              <th scope="row" className="h-8 px-2 text-start font-normal whitespace-nowrap">
                {bar.isRunning ? t("titleSoFar", { title: bar.title }) : bar.title}
              </th>
              {cells.map((text, index) => (
                <td key={headings[index + 1]} className="tabular px-2 text-end whitespace-nowrap">
                  {text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
