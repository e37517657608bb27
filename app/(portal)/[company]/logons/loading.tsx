import { useTranslations } from "next-intl";
import { ListSkeleton } from "@/components/data-table/list-skeleton";

export default function LogonsLoading() {
  const t = useTranslations("logons");
  return (
    <ListSkeleton label={t("loading")} heading="w-24" panels="xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]" />
  );
}
