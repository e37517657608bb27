import { Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import { StatusPage } from "@/components/layout/status-page";
import { pageTitle } from "@/lib/server/texts/page-title";

export const generateMetadata = pageTitle("pages.forbidden");

export default function Forbidden() {
  const t = useTranslations("pages");
  return (
    <StatusPage
      icon={Lock}
      heading={t("forbidden")}
      title={t("forbiddenTitle")}
      description={t("forbiddenNote")}
    />
  );
}
