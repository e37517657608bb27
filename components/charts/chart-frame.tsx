"use client";

import { ChartColumn, Table2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { ChartTable, type ChartTableProps } from "./chart-table";

interface ChartFrameProps extends Omit<ChartTableProps, "isShown"> {
  plot: ReactNode;
  legend: ReactNode;
  /** What one bar is. */
  unit: "hour" | "day";
}

/** A chart with its legend, and the same as a table for those who prefer numbers. */
export function ChartFrame({ plot, legend, unit, ...table }: ChartFrameProps) {
  const t = useTranslations("charts");
  const [isTable, setIsTable] = useState(false);
  return (
    <figure aria-label={table.label} className="grid min-w-0 gap-3">
      {!isTable && plot}
      <ChartTable {...table} isShown={isTable} />
      <div className="flex flex-wrap items-start justify-between gap-2">
        {legend}
        <div className="ms-auto flex items-center gap-3 text-xs text-muted-foreground">
          {table.rows.some(({ bar }) => bar.isRunning) && (
            <span className="flex items-center gap-1.5">
              <span aria-hidden className="hatched size-3 rounded-xs text-muted-foreground" />
              {unit === "hour" ? t("hourSoFar") : t("todaySoFar")}
            </span>
          )}
          <Button
            variant="ghost"
            size="sm"
            className="h-7 px-2 text-xs"
            data-print="hide"
            onClick={() => setIsTable((was) => !was)}
          >
            {isTable ? <ChartColumn aria-hidden /> : <Table2 aria-hidden />}
            {isTable ? t("showChart") : t("showTable")}
          </Button>
        </div>
      </div>
    </figure>
  );
}
