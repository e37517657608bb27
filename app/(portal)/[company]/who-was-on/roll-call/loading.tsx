import { ListSkeleton } from "@/components/data-table/list-skeleton";

export default function RollCallLoading() {
  return <ListSkeleton label="Calling the roll" heading="w-48" hasTabs />;
}
