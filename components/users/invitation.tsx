"use client";

import { useTranslations } from "next-intl";
import { SelectField } from "@/components/forms/fields";
import { ExactTime } from "@/components/time/exact-time";
import { Alert, AlertDescription } from "@/components/ui/alert";
import { useWords } from "@/components/ui/use-words";
import { zoneWords } from "@/components/time/zone-choices";
import type { UserView } from "@/lib/services/users/read-users";

interface InvitationTextProps {
  invitation: NonNullable<UserView["invitation"]>;
  zone: string;
  /** Names the zone behind the time. */
  hasZone?: boolean;
}

/** The state of the invitation of a user who hasn't chosen a password yet. */
export function InvitationText({
  invitation: { until, isOpen, trouble },
  zone,
  hasZone,
}: InvitationTextProps) {
  const t = useTranslations("users");
  const word = useWords("users");
  const time = () => <ExactTime at={until} zone={zone} precision="minute" />;
  return (
    <span>
      {hasZone
        ? t.rich(isOpen ? "invitedUntilZone" : "invitationEndedZone", { time, zone: zoneWords(zone) })
        : t.rich(isOpen ? "invitedUntil" : "invitationEnded", { time })}
      {isOpen && trouble && <span className="block text-sm text-warning-text">{word(trouble)}</span>}
    </span>
  );
}

interface AccessFieldProps {
  canInvite: boolean;
  errors: Record<string, string>;
}

/** How a new user gets a password. Without email there is only one way, and the field says why. */
export function AccessField({ canInvite, errors }: AccessFieldProps) {
  const t = useTranslations("users");
  const temporary = { value: "temporary-password", label: t("byTemporaryPassword") };
  const invite = { value: "invitation", label: t("byInvitation") };
  return (
    <SelectField
      name="access"
      label={t("password")}
      description={canInvite ? t("invitationNote") : t("mailOff")}
      choices={canInvite ? [invite, temporary] : [temporary]}
      errors={errors}
    />
  );
}

interface InvitedNoteProps {
  result: { username: string; email: string; invitedUntil: number };
  zone: string;
}

/** Tells what was sent to a user who was just invited. */
export function InvitedNote({ result: { username, email, invitedUntil }, zone }: InvitedNoteProps) {
  const t = useTranslations("users");
  return (
    <Alert>
      <AlertDescription>
        <p>
          {t.rich("invitationSent", {
            email,
            time: () => <ExactTime at={invitedUntil} zone={zone} precision="minute" />,
            zone: zoneWords(zone),
          })}
        </p>
        <p>{t("invitedUsername", { username })}</p>
      </AlertDescription>
    </Alert>
  );
}
