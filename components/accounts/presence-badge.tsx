import { Moon } from "lucide-react";
import { PresenceStateBadge } from "@/components/events/presence-state";
import { Badge } from "@/components/ui/badge";

/** Whether an account is active, signed in but locked, or signed in nowhere; with the computers when several. */
export function PresenceBadge({ present, active }: { present: number; active: number }) {
  if (present === 0) {
    return (
      <Badge variant="outline" className="text-muted-foreground">
        <Moon aria-hidden />
        Not signed in
      </Badge>
    );
  }
  const where = present === 1 ? "" : ` on ${present} computers`;
  return <PresenceStateBadge state={active > 0 ? "active" : "locked"}>{where}</PresenceStateBadge>;
}
