import { useTranslations } from "next-intl";
import { Alert, AlertDescription } from "@/components/ui/alert";

/** Says what of an address was left out because it was not understood; draws nothing when all was. */
export function IgnoredNotice({ ignored }: { ignored: readonly string[] }) {
  const t = useTranslations("lists");
  if (ignored.length === 0) return null;
  return (
    <Alert>
      <AlertDescription className="wrap-anywhere">
        {t("ignored", { parts: ignored.join(", ") })}
      </AlertDescription>
    </Alert>
  );
}
