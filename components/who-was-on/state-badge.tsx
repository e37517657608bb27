import { CircleHelp, Lock, UserCheck } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { WhoWasOnRow } from "@/lib/domain/reports/who-was-on";

/** How somebody is on a computer. */
export function StateBadge({ state }: { state: WhoWasOnRow["state"] }) {
  if (state === "active") {
    return (
      <Badge variant="success">
        <UserCheck aria-hidden />
        Active
      </Badge>
    );
  }
  return state === "locked" ? (
    <Badge variant="outline">
      <Lock aria-hidden />
      Locked
    </Badge>
  ) : (
    <Badge variant="warning">
      <CircleHelp aria-hidden />
      Uncertain
    </Badge>
  );
}
