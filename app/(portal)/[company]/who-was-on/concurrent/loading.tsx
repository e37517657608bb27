import { useTranslations } from "next-intl";
import { ListSkeleton } from "@/components/data-table/list-skeleton";

export default function ConcurrentSessionsLoading() {
  const t = useTranslations("whoWasOn");
  return <ListSkeleton label={t("loadingConcurrent")} heading="w-48" hasTabs />;
}
