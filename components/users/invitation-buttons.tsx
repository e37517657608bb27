"use client";

import { useTranslations } from "next-intl";
import { ActionButton } from "@/components/forms/action-button";
import { formatDateTime } from "@/components/time/format";
import type { UserDetailProps } from "./user-actions";

/** Sending an invitation again, and revoking it. */
export function InvitationButtons({ user, zone, canInvite, actions }: UserDetailProps) {
  const t = useTranslations("userDetail");
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
              ? t("resent", { time: formatDateTime(result.invitedUntil, zone, "minute") })
              : t("resentPlain")
          }
        >
          {t("resend")}
        </ActionButton>
      )}
      {invitation.isOpen && (
        <ActionButton
          size="sm"
          variant="outline"
          action={actions.revokeInvitationAction}
          hidden={hidden}
          done={t("revoked")}
        >
          {t("revoke")}
        </ActionButton>
      )}
    </>
  );
}
