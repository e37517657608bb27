import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/link-button";
import { TitledCard } from "@/components/ui/card";

export function PasswordCard() {
  const t = useTranslations("profile");
  return (
    <TitledCard title={t("password")} contentClassName="grid gap-3">
      <p className="text-sm text-muted-foreground">{t("passwordNote")}</p>
      <LinkButton href="/change-password?next=%2Fprofile" className="w-fit">
        {t("changePassword")}
      </LinkButton>
    </TitledCard>
  );
}
