import { Skeleton } from "@/components/ui/skeleton";

interface DataTableSkeletonProps {
  /** What is on its way, said once: "Loading events". */
  label: string;
  columns?: number;
  rows?: number;
  /** Leaves room for the toolbar and the footer, for a page's loading.tsx. */
  isFramed?: boolean;
}

/** The shape of the table that is about to be there. Works in loading.tsx: no client code. */
export function DataTableSkeleton({
  label,
  columns = 5,
  rows = 12,
  isFramed = true,
}: DataTableSkeletonProps) {
  return (
    <div aria-busy className="grid gap-3">
      <output className="sr-only">{label}</output>
      {isFramed && (
        <div className="flex flex-wrap gap-2">
          <Skeleton className="h-9 w-full sm:w-64" />
          <Skeleton className="h-9 w-32" />
          <Skeleton className="ms-auto h-8 w-24" />
        </div>
      )}
      <div className="overflow-hidden rounded-lg border bg-card">
        <SkeletonRows columns={columns} rows={rows} />
      </div>
      {isFramed && (
        <div className="flex justify-between">
          <Skeleton className="h-5 w-24" />
          <Skeleton className="h-8 w-44" />
        </div>
      )}
    </div>
  );
}

const widths = ["60%", "85%", "45%", "70%", "55%"];

export function SkeletonRows({ columns, rows }: { columns: number; rows: number }) {
  return Array.from({ length: rows }, (_, row) => (
    <div key={row} className="flex h-9 items-center gap-6 border-b px-3 last:border-b-0">
      {Array.from({ length: columns }, (_, column) => (
        <span key={column} className={column > 1 ? "hidden flex-1 md:block" : "flex-1"}>
          <Skeleton className="h-3.5" style={{ width: widths[(row + column) % widths.length] }} />
        </span>
      ))}
    </div>
  ));
}
