import { useTranslations } from "next-intl";
import { ListSkeleton } from "@/components/data-table/list-skeleton";

export default function TimeSpentLoading() {
  const t = useTranslations("timeSpent");
  return <ListSkeleton label={t("loading")} panels="xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]" />;
}
