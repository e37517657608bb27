import { useTranslations } from "next-intl";
import { AuthCard } from "./auth-card";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";

/** Behind every link of a mail that does not work: says why that may be, and what to do. */
export function DeadLink({ reason }: { reason: "reset" | "resetByAdmin" | "invitation" | "registration" }) {
  const t = useTranslations("deadLink");
  return (
    <AuthCard title={t("title")} description={t(reason)}>
      <Button asChild variant="outline" className="w-full">
        <Link href="/login">{t("signIn")}</Link>
      </Button>
    </AuthCard>
  );
}
