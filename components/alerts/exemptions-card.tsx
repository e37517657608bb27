"use client";

import { ActionButton } from "@/components/forms/action-button";
import { DialogButton } from "@/components/forms/dialog-button";
import { TextField } from "@/components/forms/fields";
import { ExactTime } from "@/components/time/exact-time";
import { Badge } from "@/components/ui/badge";
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import type { CalendarViewProps } from "./calendar-actions";

/** Accounts that may work at any time. */
export function ExemptionsCard(props: CalendarViewProps) {
  const { exemptions, companyId, zone, readAt, mayManage, actions } = props;
  return (
    <Card>
      <CardHeader>
        <CardTitle>Exempt accounts</CardTitle>
        <CardDescription>They may work at any time.</CardDescription>
        {mayManage && (
          <CardAction>
            <AddExemption {...props} />
          </CardAction>
        )}
      </CardHeader>
      <CardContent>
        {exemptions.length === 0 ? (
          <p className="text-sm text-muted-foreground">No account is exempt.</p>
        ) : (
          <ul aria-label="Exempt accounts" className="grid">
            {exemptions.map(({ id, accountId, account, reason, endsAt }) => (
              <li
                key={id}
                className="flex flex-wrap items-center gap-2 border-b py-2.5 text-sm last:border-0"
              >
                <div className="grid min-w-0 flex-1 gap-0.5">
                  <Link
                    href={`/${companyId}/accounts/${accountId}`}
                    className="text-link wrap-anywhere hover:underline"
                  >
                    <bdi>{account}</bdi>
                  </Link>
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
                    aria-label={`Remove the exemption of ${account}`}
                    action={actions.removeExemptionAction}
                    hidden={{ companyId, exemptionId: id }}
                    done="The exemption is removed."
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

function AddExemption({ companyId, actions }: CalendarViewProps) {
  return (
    <DialogButton
      label="Exempt an account"
      title="Exempt an account"
      action={actions.addExemptionAction}
      hidden={{ companyId }}
      submitLabel="Exempt"
      done="The account is exempt."
    >
      {(errors) => (
        <>
          <TextField
            name="account"
            label="Account"
            description="Its name, as events have it."
            errors={errors}
            maxLength={255}
            autoComplete="off"
            isRequired
          />
          <TextField
            name="reason"
            label="Reason"
            errors={errors}
            maxLength={200}
            autoComplete="off"
            placeholder="On call"
            isRequired
          />
          <TextField
            name="until"
            label="Last day"
            type="date"
            max="9999-12-30"
            description="Leave it empty for no end."
            errors={errors}
          />
        </>
      )}
    </DialogButton>
  );
}
