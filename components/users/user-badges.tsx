import { Badge } from "@/components/ui/badge";
import type { UserView } from "@/lib/services/users/read-users";

/** Whether a user can sign in. */
export function UserStateBadge({ user }: { user: UserView }) {
  if (user.invitation && user.isActive) {
    return <Badge variant={user.invitation.isOpen ? "secondary" : "warning"}>Invited</Badge>;
  }
  if (user.isWaiting) return <Badge variant="warning">Waiting</Badge>;
  return user.isActive ? <Badge variant="success">Active</Badge> : <Badge variant="outline">Inactive</Badge>;
}

export function mfaText(user: Pick<UserView, "mfaEnabled" | "mfaRequired">): string {
  if (user.mfaEnabled) return "On";
  return user.mfaRequired ? "Required, not set up" : "Off";
}
