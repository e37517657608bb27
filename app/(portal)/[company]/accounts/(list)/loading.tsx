import { ListSkeleton } from "@/components/data-table/list-skeleton";

export default function AccountsLoading() {
  return <ListSkeleton label="Loading the accounts" />;
}
