import { Moon } from "lucide-react";
import { useTranslations } from "next-intl";
import { PresenceStateBadge } from "@/components/events/presence-state";
import { Badge } from "@/components/ui/badge";

/** Whether an account is active, signed in but locked, or signed in nowhere; with the computers when several. */
export function PresenceBadge({ present, active }: { present: number; active: number }) {
  const t = useTranslations("accounts");
  if (present === 0) {
    return (
      <Badge variant="outline" className="text-muted-foreground">
        <Moon aria-hidden />
        {t("notSignedIn")}
      </Badge>
    );
  }
  const where = present === 1 ? "" : ` ${t("onComputers", { count: present })}`;
  return <PresenceStateBadge state={active > 0 ? "active" : "locked"}>{where}</PresenceStateBadge>;
}
