import { Skeleton } from "@/components/ui/skeleton";

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

/** The shape of a page with a list, for its loading.tsx: no client code. */
export function ListSkeleton({
  label,
  heading = "w-32",
  panels,
  hasTabs,
  columns = 5,
  rows = 12,
}: ListSkeletonProps) {
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
      <div aria-busy className="grid gap-3">
        <output className="sr-only">{label}</output>
        <div className="flex flex-wrap gap-2">
          <Skeleton className="h-9 w-full sm:w-64" />
          <Skeleton className="h-9 w-32" />
          <Skeleton className="ms-auto h-8 w-24" />
        </div>
        <div className="overflow-hidden rounded-lg border bg-card">
          <SkeletonRows columns={columns} rows={rows} />
        </div>
        <div className="flex justify-between">
          <Skeleton className="h-5 w-24" />
          <Skeleton className="h-8 w-44" />
        </div>
      </div>
    </div>
  );
}

const widths = ["60%", "85%", "45%", "70%", "55%"];

function SkeletonRows({ columns, rows }: { columns: number; rows: number }) {
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
