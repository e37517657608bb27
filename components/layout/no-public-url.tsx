import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";

/** Stands in examples for an address that isn't set. */
export const EXAMPLE_URL = "https://winauthmon.example.com";

/** Warns where the portal's own address is needed and isn't set. */
export function NoPublicUrl({ consequence }: { consequence: string }) {
  const t = useTranslations("shell");
  return (
    <Alert variant="warning">
      <TriangleAlert aria-hidden />
      <AlertTitle>{t("noPublicUrl")}</AlertTitle>
      <AlertDescription>{t("noPublicUrlNote", { consequence })}</AlertDescription>
    </Alert>
  );
}
