import { ListSkeleton } from "@/components/data-table/list-skeleton";

export default function FailuresLoading() {
  return (
    <ListSkeleton
      label="Counting the failures"
      heading="w-36"
      panels="xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]"
    />
  );
}
