import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { Button } from "@/components/ui/button";
import { TitledCard } from "@/components/ui/card";

export function PasswordCard() {
  const t = useTranslations("profile");
  return (
    <TitledCard title={t("password")} contentClassName="grid gap-3">
      <p className="text-sm text-muted-foreground">{t("passwordNote")}</p>
      <Button asChild variant="outline" className="w-fit">
        <Link href="/change-password?next=%2Fprofile">{t("changePassword")}</Link>
      </Button>
    </TitledCard>
  );
}
