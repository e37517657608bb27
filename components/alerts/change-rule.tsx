"use client";

import { useTranslations } from "next-intl";
import { DialogButton } from "@/components/forms/dialog-button";
import { NumberField, SwitchField } from "@/components/forms/fields";
import { useWords } from "@/components/ui/use-words";
import type { ParameterUnit, Rule } from "@/lib/domain/detections/rule";
import { isOfEvents } from "@/lib/domain/detections/rules";
import type { Text } from "@/lib/domain/text";
import type { RuleView } from "@/lib/services/detections/read-rules";
import type { RuleActions } from "./alert-actions";
import { BacktestPanel } from "./backtest-panel";
import { hidden } from "./hidden";

interface ChangeRuleProps {
  rule: Rule;
  view: RuleView;
  companyId: number;
  zone: string;
  action: RuleActions["changeRuleAction"];
}

const UNIT = {
  minutes: { key: "rules.minutesUnit" },
  days: { key: "rules.daysUnit" },
  percent: { key: "rules.percentUnit" },
} as const satisfies Record<Exclude<ParameterUnit, "number">, Text>;

/** A rule's switch and values, to be tried on the past before they are saved. */
export function ChangeRule({ rule, view, companyId, zone, action }: ChangeRuleProps) {
  const t = useTranslations("ruleScreens");
  const word = useWords("ruleTitles", "rules");
  const title = word(rule.title);
  return (
    <DialogButton
      label={t.rich("edit", { rule: title, hidden })}
      title={t("editTitle", { rule: title })}
      description={t("editNote")}
      action={action}
      hidden={{ companyId, rule: rule.name }}
      submitLabel={t("save")}
      done={t("ruleSaved")}
    >
      {(errors) => (
        <>
          <SwitchField name="isOn" label={t("on")} errors={errors} defaultChecked={view.isOn} />
          {rule.parameters.map(({ name, label, unit, initial, least, most }) => (
            <NumberField
              key={name}
              name={name}
              label={
                unit === "number"
                  ? word(label)
                  : t("parameter", { label: word(label), unit: word(UNIT[unit]) })
              }
              description={t("bounds", { least, most, initial })}
              errors={errors}
              defaultValue={String(view.values[name])}
            />
          ))}
          {isOfEvents(rule) ? (
            <BacktestPanel rule={rule} companyId={companyId} zone={zone} />
          ) : (
            <p className="text-sm text-muted-foreground">{t("noPast")}</p>
          )}
        </>
      )}
    </DialogButton>
  );
}
