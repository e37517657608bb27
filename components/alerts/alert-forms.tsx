"use client";

import { useTranslations } from "next-intl";
import { ActionButton } from "@/components/forms/action-button";
import { DialogButton } from "@/components/forms/dialog-button";
import { SelectField, TextAreaField } from "@/components/forms/fields";
import { Form } from "@/components/forms/form";
import { FormMessage } from "@/components/forms/form-message";
import { useFormAction } from "@/components/forms/use-form-action";
import { Button } from "@/components/ui/button";
import { useWords } from "@/components/ui/use-words";
import { ALERT_STATES, stateText } from "@/lib/domain/detections/alert";
import type { AlertListRow } from "@/lib/domain/reports/alerts";
import type { AlertActions } from "./alert-actions";
import { ReasonUntilFields } from "./reason-until-fields";

interface AlertMenuProps {
  alert: AlertListRow;
  /** What it is about. */
  subject: string;
  companyId: number;
  assignees: readonly string[];
  me: string | null;
  actions: AlertActions;
}

/** What can be done with one alert. */
export function AlertMenu({ alert, subject, companyId, assignees, me, actions }: AlertMenuProps) {
  const t = useTranslations("alertActions");
  const hidden = { companyId, alertId: alert.id };
  const word = useWords("alertStates");
  const states = ALERT_STATES.filter((state) => state !== alert.state);
  return (
    <>
      {alert.state === "open" && (
        <ActionButton
          size="sm"
          action={actions.setAlertStateAction}
          hidden={{ ...hidden, state: "acknowledged" }}
          done={t("acknowledged")}
        >
          {t("acknowledge")}
        </ActionButton>
      )}
      <DialogButton
        label={t("changeState")}
        description={t("statesNote")}
        action={actions.setAlertStateAction}
        hidden={hidden}
        done={t("stateChanged")}
      >
        {(errors) => (
          <>
            <SelectField
              name="state"
              label={t("state")}
              errors={errors}
              isRequired
              // None at first: Enter in a fresh dialog would close an alert as a real attack.
              choices={[
                { value: "", label: t("chooseState") },
                ...states.map((value) => ({ value, label: word(stateText(value)) })),
              ]}
            />
            <TextAreaField name="comment" label={t("comment")} errors={errors} maxLength={1000} rows={3} />
          </>
        )}
      </DialogButton>
      {me !== null && assignees.includes(me) && alert.assignee !== me && (
        <ActionButton
          size="sm"
          variant="outline"
          action={actions.assignAlertsAction}
          hidden={{ ...hidden, assignee: me }}
          done={t("assignedToMe")}
        >
          {t("assignToMe")}
        </ActionButton>
      )}
      <AssignDialog alert={alert} hidden={hidden} assignees={assignees} action={actions.assignAlertsAction} />
      <ExceptionDialog subject={subject} hidden={hidden} action={actions.addExceptionAction} />
    </>
  );
}

interface AssignDialogProps {
  alert: AlertListRow;
  hidden: { companyId: number; alertId: number };
  assignees: readonly string[];
  action: AlertActions["assignAlertsAction"];
}

function AssignDialog({ alert, hidden, assignees, action }: AssignDialogProps) {
  const t = useTranslations("alertActions");
  // Stays assigned until reassigned, even without permission.
  const names = [...new Set([...assignees, ...(alert.assignee === null ? [] : [alert.assignee])])];
  return (
    <DialogButton
      label={t("assign")}
      title={t("assignTitle")}
      description={t("assignNote")}
      action={action}
      hidden={hidden}
      done={t("assignmentChanged")}
    >
      {(errors) => (
        <SelectField
          name="assignee"
          label={t("assignee")}
          errors={errors}
          defaultValue={alert.assignee ?? ""}
          choices={[{ value: "", label: t("noOne") }, ...names.map((name) => ({ value: name, label: name }))]}
        />
      )}
    </DialogButton>
  );
}

interface ExceptionDialogProps {
  subject: string;
  hidden: { companyId: number; alertId: number };
  action: AlertActions["addExceptionAction"];
}

function ExceptionDialog({ subject, hidden, action }: ExceptionDialogProps) {
  const t = useTranslations("alertActions");
  return (
    <DialogButton
      label={t("addException")}
      description={t("exceptionNote", { subject })}
      action={action}
      hidden={hidden}
      done={t("exceptionAdded")}
    >
      {(errors) => <ReasonUntilFields example={t("exceptionExample")} errors={errors} />}
    </DialogButton>
  );
}

interface CommentFormProps {
  alertId: number;
  companyId: number;
  action: AlertActions["commentAlertAction"];
}

export function CommentForm({ alertId, companyId, action }: CommentFormProps) {
  const t = useTranslations("alertActions");
  const { state, isPending, onSubmit, onChange } = useFormAction(
    action,
    { companyId, alertId },
    { done: t("commentAdded"), isEmptied: true },
  );
  return (
    <Form state={state} onSubmit={onSubmit} onChange={onChange} className="grid gap-3">
      <FormMessage state={state} />
      <TextAreaField
        name="comment"
        label={t("comment")}
        errors={state.fieldErrors ?? {}}
        maxLength={1000}
        rows={2}
      />
      <Button type="submit" variant="outline" size="sm" isPending={isPending} className="w-fit">
        {t("addComment")}
      </Button>
    </Form>
  );
}
