import { ListSkeleton } from "@/components/data-table/list-skeleton";

export default function ComputersLoading() {
  return <ListSkeleton label="Loading the computers" />;
}
