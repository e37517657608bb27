"use client";

import { DialogButton } from "@/components/forms/dialog-button";
import { NumberField, SwitchField } from "@/components/forms/fields";
import type { Rule } from "@/lib/domain/detections/rule";
import { isOfEvents, NO_PAST } from "@/lib/domain/detections/rules";
import type { RuleView } from "@/lib/services/detections/read-rules";
import type { RuleActions } from "./alert-actions";
import { BacktestPanel } from "./backtest-panel";

interface ChangeRuleProps {
  rule: Rule;
  view: RuleView;
  companyId: number;
  zone: string;
  action: RuleActions["changeRuleAction"];
}

/** A rule's switch and values, to be tried on the past before they are saved. */
export function ChangeRule({ rule, view, companyId, zone, action }: ChangeRuleProps) {
  return (
    <DialogButton
      label={
        <>
          Change<span className="sr-only"> {rule.title}</span>
        </>
      }
      title={`Change ${rule.title}`}
      description="Counts for events from now on. What was found stays."
      action={action}
      hidden={{ companyId, rule: rule.name }}
      submitLabel="Save"
      done="The rule is changed."
    >
      {(errors) => (
        <>
          <SwitchField name="isOn" label="On" errors={errors} defaultChecked={view.isOn} />
          {rule.parameters.map(({ name, label, unit, initial, least, most }) => (
            <NumberField
              key={name}
              name={name}
              label={`${label} (${unit})`}
              description={`${least} to ${most.toLocaleString("en")}, usually ${initial.toLocaleString("en")}.`}
              errors={errors}
              defaultValue={String(view.values[name])}
            />
          ))}
          {isOfEvents(rule) ? (
            <BacktestPanel rule={rule} companyId={companyId} zone={zone} />
          ) : (
            <p className="text-sm text-muted-foreground">{NO_PAST}</p>
          )}
        </>
      )}
    </DialogButton>
  );
}
