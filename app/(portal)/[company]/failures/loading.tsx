import { useTranslations } from "next-intl";
import { ListSkeleton } from "@/components/data-table/list-skeleton";

export default function FailuresLoading() {
  const t = useTranslations("failures");
  return (
    <ListSkeleton label={t("loading")} heading="w-36" panels="xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]" />
  );
}
