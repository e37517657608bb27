"use client";

import { useTranslations } from "next-intl";
import { formatDateTime } from "@/components/time/format";
import { Form } from "@/components/forms/form";
import { FormMessage } from "@/components/forms/form-message";
import { useServerAction } from "@/components/forms/use-server-action";
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
  const [state, end, isEnding] = useServerAction(endAction);
  const [othersState, endOthers, isEndingOthers] = useServerAction(endOthersAction);
  return (
    <TitledCard title={t("sessions")} contentClassName="grid gap-3">
      <FormMessage state={state} />
      <FormMessage state={othersState} />
      <p className="text-sm text-muted-foreground">{t("sessionsNote", { zone })}</p>
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
                  time: formatDateTime(session.lastSeenAt.getTime(), zone),
                })}
              </p>
            </div>
            {session.id !== presentId && (
              <Form action={end}>
                <input type="hidden" name="sessionId" value={session.id} />
                <Button type="submit" variant="outline" size="sm" disabled={isEnding}>
                  {t("signOut")}
                </Button>
              </Form>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <Form action={endOthers}>
          <Button type="submit" variant="outline" disabled={isEndingOthers}>
            {t("signOutOthers")}
          </Button>
        </Form>
      )}
    </TitledCard>
  );
}
