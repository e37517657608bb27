import { Skeleton } from "@/components/ui/skeleton";
import { DataTableSkeleton } from "./data-table-skeleton";

interface ListSkeletonProps {
  /** What is on its way, said once: "Loading the events". */
  label: string;
  /** Class of the heading's width. */
  heading?: string;
  /** Class of the columns of the two panels above the list, where there are such. */
  panels?: string;
  hasTabs?: boolean;
  columns?: number;
  rows?: number;
}

/** The shape of a page with a list, for its loading.tsx. */
export function ListSkeleton({ label, heading = "w-32", panels, hasTabs, columns, rows }: ListSkeletonProps) {
  return (
    <div className="grid gap-4">
      <Skeleton className={`h-7 ${heading}`} />
      {hasTabs && <Skeleton className="h-9 w-64" />}
      {panels && (
        <div className={`grid gap-4 ${panels}`}>
          <Skeleton className="h-80" />
          <Skeleton className="h-80" />
        </div>
      )}
      <DataTableSkeleton label={label} columns={columns} rows={rows} />
    </div>
  );
}
