"use client";

import { useState } from "react";
import { ActionButton } from "@/components/forms/action-button";
import { DialogButton } from "@/components/forms/dialog-button";
import { SelectField, TextAreaField } from "@/components/forms/fields";
import { Form } from "@/components/forms/form";
import { FormMessage } from "@/components/forms/form-message";
import { useFormAction } from "@/components/forms/use-form-action";
import { Button } from "@/components/ui/button";
import { ALERT_STATE_LABEL } from "@/lib/domain/detections/alert";
import { subjectOf, type AlertListRow } from "@/lib/domain/reports/alerts";
import type { AlertActions } from "./alert-actions";
import { ReasonUntilFields } from "./reason-until-fields";

interface AlertMenuProps {
  alert: AlertListRow;
  companyId: number;
  assignees: readonly string[];
  me: string | null;
  actions: AlertActions;
}

/** What can be done with one alert. */
export function AlertMenu({ alert, companyId, assignees, me, actions }: AlertMenuProps) {
  const hidden = { companyId, alertId: alert.id };
  const states = Object.entries(ALERT_STATE_LABEL).filter(([state]) => state !== alert.state);
  return (
    <>
      {alert.state === "open" && (
        <ActionButton
          size="sm"
          action={actions.setAlertStateAction}
          hidden={{ ...hidden, state: "acknowledged" }}
          done="The alert is acknowledged."
        >
          Acknowledge
        </ActionButton>
      )}
      <DialogButton
        label="Change state"
        title="Change the state"
        description="True: it was an attack or a fault. Expected: it is known and harmless. False: the rule is wrong here."
        action={actions.setAlertStateAction}
        hidden={hidden}
        submitLabel="Change state"
        done="The state is changed."
      >
        {(errors) => (
          <>
            <SelectField
              name="state"
              label="State"
              errors={errors}
              defaultValue={alert.state.startsWith("closed") ? "open" : "closed-true"}
              choices={states.map(([value, label]) => ({ value, label }))}
            />
            <TextAreaField name="comment" label="Comment" errors={errors} maxLength={1000} rows={3} />
          </>
        )}
      </DialogButton>
      {me !== null && assignees.includes(me) && alert.assignee !== me && (
        <ActionButton
          size="sm"
          variant="outline"
          action={actions.assignAlertsAction}
          hidden={{ ...hidden, assignee: me }}
          done="The alert is yours."
        >
          Assign to me
        </ActionButton>
      )}
      <AssignDialog alert={alert} hidden={hidden} assignees={assignees} action={actions.assignAlertsAction} />
      <ExceptionDialog alert={alert} hidden={hidden} action={actions.addExceptionAction} />
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
  // Whoever lost the right to deal with it is still at it until somebody else is.
  const names = [...new Set([...assignees, ...(alert.assignee === null ? [] : [alert.assignee])])];
  return (
    <DialogButton
      label="Assign"
      title="Assign the alert"
      description="The person is told by mail, where mail is set up."
      action={action}
      hidden={hidden}
      submitLabel="Assign"
      done="The assignment is changed."
    >
      {(errors) => (
        <SelectField
          name="assignee"
          label="Assigned to"
          errors={errors}
          defaultValue={alert.assignee ?? ""}
          choices={[{ value: "", label: "Nobody" }, ...names.map((name) => ({ value: name, label: name }))]}
        />
      )}
    </DialogButton>
  );
}

interface ExceptionDialogProps {
  alert: AlertListRow;
  hidden: { companyId: number; alertId: number };
  action: AlertActions["addExceptionAction"];
}

function ExceptionDialog({ alert, hidden, action }: ExceptionDialogProps) {
  return (
    <DialogButton
      label="Add exception"
      title="Add an exception"
      description={`The rule no longer counts events of ${subjectOf(alert)}, and this alert is closed as expected.`}
      action={action}
      hidden={hidden}
      submitLabel="Add exception"
      done="The exception is added."
    >
      {(errors) => <ReasonUntilFields example="Backup server" errors={errors} />}
    </DialogButton>
  );
}

interface CommentFormProps {
  alertId: number;
  companyId: number;
  action: AlertActions["commentAlertAction"];
}

export function CommentForm({ alertId, companyId, action }: CommentFormProps) {
  const [round, setRound] = useState(0);
  const { state, isPending, onSubmit, onChange } = useFormAction(
    action,
    { companyId, alertId },
    { done: "The comment is added.", onDone: () => setRound(round + 1) },
  );
  return (
    <Form state={state} onSubmit={onSubmit} onChange={onChange} className="grid gap-3">
      <FormMessage state={state} />
      {/* Drawn anew when a comment was added, so that the field is empty again. */}
      <TextAreaField
        key={round}
        name="comment"
        label="Comment"
        errors={state.fieldErrors ?? {}}
        maxLength={1000}
        rows={2}
      />
      <Button type="submit" variant="outline" size="sm" isPending={isPending} className="w-fit">
        Add comment
      </Button>
    </Form>
  );
}
