import { ListSkeleton } from "@/components/data-table/list-skeleton";

export default function TimeSpentLoading() {
  return <ListSkeleton label="Adding up the time" panels="xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]" />;
}
