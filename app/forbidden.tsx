import { Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import { StatusPage } from "@/components/layout/status-page";

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
