import { DataTableSkeleton } from "@/components/data-table/data-table-skeleton";
import { Skeleton } from "@/components/ui/skeleton";

/** The list's shape before its rows. */
export default function OverviewLoading() {
  return (
    <div className="grid gap-4">
      <Skeleton className="h-7 w-48" />
      <DataTableSkeleton label="Loading the overview" columns={7} rows={6} />
    </div>
  );
}
