"use client";

import { useTranslations } from "next-intl";
import { formatDateTime } from "@/components/time/format";
import { ActionButton } from "@/components/forms/action-button";
import { Form } from "@/components/forms/form";
import { FormMessage } from "@/components/forms/form-message";
import { useKeptPlace } from "@/components/forms/use-kept-place";
import { useServerAction } from "@/components/forms/use-server-action";
import { zoneWords } from "@/components/time/zone-choices";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { TitledCard } from "@/components/ui/card";
import type { FormAction } from "@/lib/domain/form-result";
import type { OwnSession } from "@/lib/services/auth/sessions";

type SessionRow = Omit<OwnSession, "userAgent"> & {
  /** In words: "Firefox on Windows". */
  device: string;
};

interface SessionsCardProps {
  sessions: readonly SessionRow[];
  presentId: string;
  /** IANA zone the times are shown in. */
  zone: string;
  endAction: FormAction;
  endOthersAction: FormAction;
}

export function SessionsCard({ sessions, presentId, zone, endAction, endOthersAction }: SessionsCardProps) {
  const t = useTranslations("profile");
  const timeOf = ({ lastSeenAt }: SessionRow) => formatDateTime(lastSeenAt.getTime(), zone);
  const [othersState, endOthers, isEndingOthers] = useServerAction(endOthersAction);
  return (
    <TitledCard title={t("sessions")} contentClassName="grid gap-3">
      <FormMessage state={othersState} />
      <p className="text-sm text-muted-foreground">{t("sessionsNote", { zone: zoneWords(zone) })}</p>
      <ul className="divide-y">
        {sessions.map((session) => (
          <li key={session.id} className="flex flex-wrap items-center justify-between gap-2 py-2 text-sm">
            <div className="min-w-0">
              <p className="font-medium">
                {session.device}{" "}
                {session.id === presentId && <Badge variant="outline">{t("thisSession")}</Badge>}
              </p>
              <p className="text-muted-foreground wrap-break-word">
                {t("sessionSeen", {
                  address: session.address ?? t("unknownAddress"),
                  time: timeOf(session),
                })}
              </p>
            </div>
            {session.id !== presentId && (
              <ActionButton
                size="sm"
                variant="outline"
                aria-label={t("signOutOf", { device: session.device, time: timeOf(session) })}
                action={endAction}
                hidden={{ sessionId: session.id }}
                done={t("sessionEnded")}
              >
                {t("signOut")}
              </ActionButton>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <Form action={endOthers}>
          <EndOthers isPending={isEndingOthers} />
        </Form>
      )}
    </TitledCard>
  );
}

/** Goes with the other sessions, and leaves the focus in the card. */
function EndOthers({ isPending }: { isPending: boolean }) {
  const t = useTranslations("profile");
  const place = useKeptPlace();
  return (
    <Button type="submit" variant="outline" ref={place} isPending={isPending}>
      {t("signOutOthers")}
    </Button>
  );
}
