import { useTranslations } from "next-intl";
import { ListSkeleton } from "@/components/data-table/list-skeleton";

export default function AccountsLoading() {
  const t = useTranslations("accounts");
  return <ListSkeleton label={t("loading")} />;
}
