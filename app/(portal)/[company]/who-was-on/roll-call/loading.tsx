import { useTranslations } from "next-intl";
import { ListSkeleton } from "@/components/data-table/list-skeleton";

export default function RollCallLoading() {
  const t = useTranslations("whoWasOn");
  return <ListSkeleton label={t("loadingRollCall")} heading="w-48" hasTabs />;
}
