import { ListSkeleton } from "@/components/data-table/list-skeleton";

export default function EventsLoading() {
  return <ListSkeleton label="Loading the events" />;
}
