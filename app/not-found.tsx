import { SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import { StatusPage } from "@/components/layout/status-page";
import { pageTitle } from "@/lib/server/texts/page-title";

export const generateMetadata = pageTitle("pages.notFound");

export default function NotFound() {
  const t = useTranslations("pages");
  return (
    <StatusPage
      icon={SearchX}
      heading={t("notFound")}
      title={t("notFoundTitle")}
      description={t("notFoundNote")}
    />
  );
}
