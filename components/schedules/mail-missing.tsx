import { MailWarning } from "lucide-react";
import { useTranslations } from "next-intl";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";

/** Nothing can be sent. */
export function MailMissing() {
  const t = useTranslations("schedules");
  return (
    <Alert variant="warning">
      <MailWarning aria-hidden />
      <AlertTitle>{t("mailMissing")}</AlertTitle>
      <AlertDescription>{t("mailMissingNote")}</AlertDescription>
    </Alert>
  );
}
