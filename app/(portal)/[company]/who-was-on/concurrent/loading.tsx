import { ListSkeleton } from "@/components/data-table/list-skeleton";

export default function ConcurrentSessionsLoading() {
  return <ListSkeleton label="Looking for concurrent sessions" heading="w-48" hasTabs />;
}
