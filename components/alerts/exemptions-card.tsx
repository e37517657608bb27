"use client";

import { useTranslations } from "next-intl";
import { DialogButton } from "@/components/forms/dialog-button";
import { TextField } from "@/components/forms/fields";
import { TitledCard } from "@/components/ui/card";
import { TextLink } from "@/components/ui/text-link";
import { useWords } from "@/components/ui/use-words";
import type { CalendarViewProps } from "./calendar-actions";
import { ReasonUntilFields } from "./reason-until-fields";
import { isExpired, ReasonUntil, RemovableItem, RemovableList } from "./removable-list";

/** Accounts that may work at any time. */
export function ExemptionsCard(props: CalendarViewProps) {
  const { exemptions, companyId, readAt, mayManage, actions } = props;
  const t = useTranslations("calendar");
  const words = useWords("calendar");
  return (
    <TitledCard
      title={t("exempt")}
      description={t("exemptNote")}
      action={mayManage && <AddExemption {...props} />}
    >
      <RemovableList label={t("exempt")} empty={t("noExempt")} isEmpty={exemptions.length === 0}>
        {exemptions.map(({ id, accountId, account, reason, endsAt, lastDay }) => (
          <RemovableItem
            key={id}
            name={
              <TextLink href={`/${companyId}/accounts/${accountId}`}>
                <bdi>{words(account)}</bdi>
              </TextLink>
            }
            detail={<ReasonUntil reason={reason} lastDay={lastDay} />}
            isExpired={isExpired(endsAt, readAt)}
            removal={
              mayManage
                ? {
                    label: t("removeExemption", { account: words(account) }),
                    note: t("removeExemptionNote"),
                    action: actions.removeExemptionAction,
                    hidden: { companyId, exemptionId: id },
                    done: t("exemptionRemoved"),
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
  const t = useTranslations("calendar");
  return (
    <DialogButton
      label={t("exemptAccount")}
      action={actions.addExemptionAction}
      hidden={{ companyId }}
      submitLabel={t("exemptSubmit")}
      done={t("exemptDone")}
    >
      {(errors) => (
        <>
          <TextField
            name="account"
            label={t("account")}
            description={t("accountNote")}
            errors={errors}
            maxLength={255}
            autoComplete="off"
            isRequired
          />
          <ReasonUntilFields example={t("exemptExample")} errors={errors} />
        </>
      )}
    </DialogButton>
  );
}
