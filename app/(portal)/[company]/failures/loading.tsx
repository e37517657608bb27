import { DataTableSkeleton } from "@/components/data-table/data-table-skeleton";
import { Skeleton } from "@/components/ui/skeleton";

/** The page's shape before its numbers: a chart, the bursts, the list. */
export default function FailuresLoading() {
  return (
    <div className="grid gap-4">
      <Skeleton className="h-7 w-36" />
      <div className="grid gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Skeleton className="h-80" />
        <Skeleton className="h-80" />
      </div>
      <DataTableSkeleton label="Counting the failures" />
    </div>
  );
}
