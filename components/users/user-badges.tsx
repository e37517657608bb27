import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { UserView } from "@/lib/services/users/read-users";

/** Whether a user can sign in. */
export function UserStateBadge({ user }: { user: UserView }) {
  const t = useTranslations("users");
  if (user.invitation && user.isActive) {
    return <Badge variant={user.invitation.isOpen ? "secondary" : "warning"}>{t("invited")}</Badge>;
  }
  if (user.isWaiting) return <Badge variant="warning">{t("waiting")}</Badge>;
  return user.isActive ? (
    <Badge variant="success">{t("active")}</Badge>
  ) : (
    <Badge variant="outline">{t("inactive")}</Badge>
  );
}

export function TwoFactorState({ user }: { user: Pick<UserView, "mfaEnabled" | "isMfaDue"> }) {
  const t = useTranslations("users");
  if (user.mfaEnabled) return t("on");
  return user.isMfaDue ? t("requiredNotSetUp") : t("off");
}
