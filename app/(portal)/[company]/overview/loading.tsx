import { ListSkeleton } from "@/components/data-table/list-skeleton";

export default function OverviewLoading() {
  return <ListSkeleton label="Loading the overview" heading="w-48" columns={7} rows={6} />;
}
