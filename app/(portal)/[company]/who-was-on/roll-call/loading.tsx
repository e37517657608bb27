import { DataTableSkeleton } from "@/components/data-table/data-table-skeleton";
import { Skeleton } from "@/components/ui/skeleton";

/** The list's shape before its rows. */
export default function RollCallLoading() {
  return (
    <div className="grid gap-4">
      <Skeleton className="h-7 w-48" />
      <Skeleton className="h-9 w-64" />
      <DataTableSkeleton label="Calling the roll" />
    </div>
  );
}
