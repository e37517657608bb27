import { ListSkeleton } from "@/components/data-table/list-skeleton";

export default function LogonsLoading() {
  return (
    <ListSkeleton
      label="Counting the logons"
      heading="w-24"
      panels="xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]"
    />
  );
}
