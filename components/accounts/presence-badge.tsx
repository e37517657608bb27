import { Lock, Moon, UserCheck } from "lucide-react";
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
  return active > 0 ? (
    <Badge variant="success">
      <UserCheck aria-hidden />
      Active{where}
    </Badge>
  ) : (
    <Badge variant="outline">
      <Lock aria-hidden />
      Locked{where}
    </Badge>
  );
}
