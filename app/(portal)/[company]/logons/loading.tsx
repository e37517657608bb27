import { DataTableSkeleton } from "@/components/data-table/data-table-skeleton";
import { Skeleton } from "@/components/ui/skeleton";

/** The page's shape before its numbers: a heat map, a ranking, the list. */
export default function LogonsLoading() {
  return (
    <div className="grid gap-4">
      <Skeleton className="h-7 w-24" />
      <div className="grid gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <Skeleton className="h-80" />
        <Skeleton className="h-80" />
      </div>
      <DataTableSkeleton label="Counting the logons" />
    </div>
  );
}
