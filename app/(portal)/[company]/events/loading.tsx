import { useTranslations } from "next-intl";
import { ListSkeleton } from "@/components/data-table/list-skeleton";

export default function EventsLoading() {
  const t = useTranslations("events");
  return <ListSkeleton label={t("loading")} />;
}
