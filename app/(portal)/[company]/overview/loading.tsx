import { useTranslations } from "next-intl";
import { ListSkeleton } from "@/components/data-table/list-skeleton";

export default function OverviewLoading() {
  const t = useTranslations("overview");
  return <ListSkeleton label={t("loading")} heading="w-48" columns={7} rows={6} />;
}
