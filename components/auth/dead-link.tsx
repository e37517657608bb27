import { useTranslations } from "next-intl";
import { AuthCard } from "./auth-card";
import { LinkButton } from "@/components/ui/link-button";

/** Behind every link of a mail that does not work: says why that may be, and what to do. */
export function DeadLink({ reason }: { reason: "reset" | "resetByAdmin" | "invitation" | "registration" }) {
  const t = useTranslations("deadLink");
  return (
    <AuthCard title={t("title")} description={t(reason)}>
      <LinkButton href="/login" className="w-full">
        {t("signIn")}
      </LinkButton>
    </AuthCard>
  );
}
