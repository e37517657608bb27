"use client";

import { ActionButton } from "@/components/forms/action-button";
import { ExactTime } from "@/components/time/exact-time";
import { Badge } from "@/components/ui/badge";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import type { RulesScreen } from "@/lib/services/detections/read-rules";
import type { RuleActions } from "./alert-actions";

interface ExceptionsCardProps extends Pick<RulesScreen, "exceptions" | "mayManage"> {
  companyId: number;
  zone: string;
  /** Epoch milliseconds. */
  readAt: number;
  actions: RuleActions;
}

/** What rules do not count. */
export function ExceptionsCard({
  exceptions,
  mayManage,
  companyId,
  zone,
  readAt,
  actions,
}: ExceptionsCardProps) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>Exceptions</CardTitle>
        <CardDescription>What rules do not count. Add one from an alert.</CardDescription>
      </CardHeader>
      <CardContent>
        {exceptions.length === 0 ? (
          <p className="text-sm text-muted-foreground">There is none.</p>
        ) : (
          <ul aria-label="Exceptions" className="grid">
            {exceptions.map(({ id, rule, subject, reason, endsAt }) => (
              <li
                key={id}
                className="flex flex-wrap items-center gap-2 border-b py-2.5 text-sm last:border-0"
              >
                <div className="grid min-w-0 flex-1 gap-0.5">
                  <span className="wrap-anywhere">
                    {rule}: <bdi>{subject}</bdi>
                  </span>
                  <span className="text-muted-foreground wrap-anywhere">
                    {reason}
                    {endsAt !== null && (
                      <>
                        {" · until "}
                        <ExactTime at={endsAt} zone={zone} precision="minute" />
                      </>
                    )}
                  </span>
                </div>
                {endsAt !== null && endsAt <= readAt && <Badge variant="outline">Over</Badge>}
                {mayManage && (
                  <ActionButton
                    size="sm"
                    variant="ghost"
                    aria-label={`Remove the exception for ${subject}`}
                    action={actions.removeExceptionAction}
                    hidden={{ companyId, exceptionId: id }}
                    done="The exception is removed."
                  >
                    Remove
                  </ActionButton>
                )}
              </li>
            ))}
          </ul>
        )}
      </CardContent>
    </Card>
  );
}
