import { useTranslations } from "next-intl";
import { ListSkeleton } from "@/components/data-table/list-skeleton";

export default function ComputersLoading() {
  const t = useTranslations("computers");
  return <ListSkeleton label={t("loading")} />;
}
