"use client";

import { DialogButton } from "@/components/forms/dialog-button";
import { TextField } from "@/components/forms/fields";
import { TitledCard } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import type { CalendarViewProps } from "./calendar-actions";
import { ReasonUntilFields } from "./reason-until-fields";
import { overBadge, ReasonUntil, RemovableItem, RemovableList } from "./removable-list";

/** Accounts that may work at any time. */
export function ExemptionsCard(props: CalendarViewProps) {
  const { exemptions, companyId, zone, readAt, mayManage, actions } = props;
  return (
    <TitledCard
      title="Exempt accounts"
      description="They may work at any time."
      action={mayManage && <AddExemption {...props} />}
    >
      <RemovableList label="Exempt accounts" empty="No account is exempt." isEmpty={exemptions.length === 0}>
        {exemptions.map(({ id, accountId, account, reason, endsAt }) => (
          <RemovableItem
            key={id}
            name={
              <Link href={`/${companyId}/accounts/${accountId}`} className="text-link hover:underline">
                <bdi>{account}</bdi>
              </Link>
            }
            detail={<ReasonUntil reason={reason} endsAt={endsAt} zone={zone} />}
            badge={overBadge(endsAt, readAt)}
            removal={
              mayManage
                ? {
                    label: `Remove the exemption of ${account}`,
                    action: actions.removeExemptionAction,
                    hidden: { companyId, exemptionId: id },
                    done: "The exemption is removed.",
                  }
                : null
            }
          />
        ))}
      </RemovableList>
    </TitledCard>
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
          <ReasonUntilFields example="On call" errors={errors} />
        </>
      )}
    </DialogButton>
  );
}
