import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

interface ChartTooltipProps {
  bar: { title: string; isRunning: boolean };
  rows: readonly { key: string; word: string; colour: string; value: string }[];
  /** A last row. */
  children?: ReactNode;
}

export function ChartTooltip({ bar, rows, children }: ChartTooltipProps) {
  const t = useTranslations("charts");
  return (
    <div className="min-w-44 rounded-md border bg-popover p-2.5 text-xs text-popover-foreground shadow-md">
      <p className="font-medium">{bar.title}</p>
      {bar.isRunning && <p className="text-muted-foreground">{t("soFar")}</p>}
      <ul className="mt-1.5 grid gap-1">
        {rows.map(({ key, word, colour, value }) => (
          <li key={key} className="flex items-center gap-2">
            <span aria-hidden className="size-2.5 rounded-xs" style={{ backgroundColor: colour }} />
            {word}
            <span className="tabular ms-auto ps-4">{value}</span>
          </li>
        ))}
        {children}
      </ul>
    </div>
  );
}
