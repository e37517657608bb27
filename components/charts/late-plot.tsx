"use client";

import type { ReactNode } from "react";
import { Skeleton } from "@/components/ui/skeleton";
import { Late } from "@/components/ui/late";
import { useSeen } from "./use-seen";

interface LatePlotProps<Plot> {
  /** Pixels, kept free from the start. */
  height: number;
  /** A constant of the module. */
  load: () => Promise<Plot>;
  children: (plot: Plot) => ReactNode;
}

/** Where a chart stands. The chart library is the largest thing on a page, so it is fetched once the place is seen. */
export function LatePlot<Plot>({ height, load, children }: LatePlotProps<Plot>) {
  const [ref, isSeen] = useSeen<HTMLDivElement>();
  return (
    <div ref={ref} style={{ height }} className="min-w-0">
      <Late isWanted={isSeen} load={load} before={<Skeleton className="h-full" />}>
        {children}
      </Late>
    </div>
  );
}
