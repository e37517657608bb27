"use client";

import { useActionState } from "react";
import { formatDateTime } from "@/components/time/format";
import { Form } from "@/components/forms/form";
import { FormMessage } from "@/components/forms/form-message";
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
  const [state, end, isEnding] = useActionState(endAction, { status: "idle" });
  const [othersState, endOthers, isEndingOthers] = useActionState(endOthersAction, { status: "idle" });
  return (
    <TitledCard title="Sessions" contentClassName="grid gap-3">
      <FormMessage state={state} />
      <FormMessage state={othersState} />
      <p className="text-sm text-muted-foreground">Where you are signed in. Times in {zone}.</p>
      <ul className="divide-y">
        {sessions.map((session) => (
          <li key={session.id} className="flex flex-wrap items-center justify-between gap-2 py-2 text-sm">
            <div className="min-w-0">
              <p className="font-medium">
                {session.device} {session.id === presentId && <Badge variant="outline">This one</Badge>}
              </p>
              <p className="text-muted-foreground wrap-break-word">
                {session.address ?? "unknown address"} · last used{" "}
                {formatDateTime(session.lastSeenAt.getTime(), zone)}
              </p>
            </div>
            {session.id !== presentId && (
              <Form action={end}>
                <input type="hidden" name="sessionId" value={session.id} />
                <Button type="submit" variant="outline" size="sm" disabled={isEnding}>
                  Sign out
                </Button>
              </Form>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <Form action={endOthers}>
          <Button type="submit" variant="outline" disabled={isEndingOthers}>
            Sign out everywhere else
          </Button>
        </Form>
      )}
    </TitledCard>
  );
}
