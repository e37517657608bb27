"use client";

import { ActionButton } from "@/components/forms/action-button";
import { SelectField } from "@/components/forms/fields";
import { formatDateTime } from "@/components/time/format";
import { ExactTime } from "@/components/time/exact-time";
import { Alert, AlertDescription } from "@/components/ui/alert";
import type { UserView } from "@/lib/services/users/read-users";
import type { UserDetailProps } from "./user-actions";

interface InvitationTextProps {
  invitation: NonNullable<UserView["invitation"]>;
  zone: string;
  /** Names the zone behind the time. */
  hasZone?: boolean;
}

/** How far an invitation is, for somebody who has not chosen a password yet. */
export function InvitationText({
  invitation: { until, isOpen, trouble },
  zone,
  hasZone,
}: InvitationTextProps) {
  return (
    <span>
      {isOpen ? "Invited, link valid until " : "Invited, link ended "}
      <ExactTime at={until} zone={zone} precision="minute" />
      {hasZone && ` (${zone})`}
      {isOpen && trouble && <span className="block text-sm text-warning-text">{trouble}</span>}
    </span>
  );
}

/** Sending an invitation again, and revoking it. */
export function InvitationButtons({ user, zone, canInvite, actions }: UserDetailProps) {
  const { invitation, can, isActive } = user;
  if (!invitation || !can.resetPassword) return null;
  const hidden = { userId: user.id };
  return (
    <>
      {canInvite && isActive && (
        <ActionButton
          size="sm"
          action={actions.resendInvitationAction}
          hidden={hidden}
          done={(result) =>
            result
              ? `Invited again. The link is valid until ${formatDateTime(result.invitedUntil, zone, "minute")}.`
              : "Invited again."
          }
        >
          Resend invitation
        </ActionButton>
      )}
      {invitation.isOpen && (
        <ActionButton
          size="sm"
          variant="outline"
          action={actions.revokeInvitationAction}
          hidden={hidden}
          done="Revoked. The link no longer works."
        >
          Revoke invitation
        </ActionButton>
      )}
    </>
  );
}

interface AccessFieldProps {
  canInvite: boolean;
  errors: Record<string, string>;
}

/** How somebody new gets a password. Without mail there is one way, and the field says why. */
export function AccessField({ canInvite, errors }: AccessFieldProps) {
  const handOver = { value: "temporary-password", label: "Temporary password that you hand over" };
  const invite = { value: "invitation", label: "Chosen by the user, by a link in a mail" };
  return (
    <SelectField
      name="access"
      label="Password"
      description={
        canInvite
          ? "The link is valid for 7 days and works once."
          : "Mail is not set up, so users cannot be invited by mail."
      }
      choices={canInvite ? [invite, handOver] : [handOver]}
      errors={errors}
    />
  );
}

interface InvitedNoteProps {
  result: { username: string; email: string; invitedUntil: number };
  zone: string;
}

/** What becomes of somebody who was just invited. */
export function InvitedNote({ result: { username, email, invitedUntil }, zone }: InvitedNoteProps) {
  return (
    <Alert>
      <AlertDescription>
        <p>
          A mail to {email} is on its way. Its link is valid until{" "}
          <ExactTime at={invitedUntil} zone={zone} precision="minute" /> ({zone}).
        </p>
        <p>The username is {username}.</p>
      </AlertDescription>
    </Alert>
  );
}
