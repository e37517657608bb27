"use client";

import { TriangleAlert } from "lucide-react";
import { Sparkline } from "@/components/charts/sparkline";
import { DialogButton } from "@/components/forms/dialog-button";
import { NumberField, SwitchField } from "@/components/forms/fields";
import { PageCrumbs } from "@/components/layout/page-crumbs";
import { Alert, AlertDescription } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Link } from "@/components/ui/link";
import type { Rule } from "@/lib/domain/detections/rule";
import { findRule } from "@/lib/domain/detections/rules";
import type { RulesScreen, RuleView } from "@/lib/services/detections/read-rules";
import type { RuleActions } from "./alert-actions";
import { SeverityBadge } from "./alert-badges";
import { AlertsHeader } from "./alerts-header";
import { ExceptionsCard } from "./exceptions-card";
import { HabitsCard, LearningBadge } from "./habits-card";

interface RulesViewProps extends RulesScreen {
  companyId: number;
  zone: string;
  /** Epoch milliseconds. */
  readAt: number;
  actions: RuleActions;
}

/** Every rule with what it asks, what it needs and what it found; and what rules do not count. */
export function RulesView(props: RulesViewProps) {
  const { rules, companyId, zone, readAt } = props;
  return (
    <>
      <PageCrumbs crumbs={[{ label: "Rules" }]} />
      <AlertsHeader {...{ companyId, zone, readAt }} current="rules" />
      <HabitsCard {...props} />
      <div className="grid items-start gap-4 lg:grid-cols-2 2xl:grid-cols-3">
        {rules.map((view) => (
          <RuleCard key={view.name} view={view} {...props} />
        ))}
      </div>
      <ExceptionsCard {...props} />
    </>
  );
}

type RuleCardProps = Omit<RulesViewProps, "rules" | "exceptions"> & { view: RuleView };

function RuleCard({ view, companyId, mayManage, actions, habits, zone, readAt }: RuleCardProps) {
  const rule = findRule(view.name)!;
  const found = view.alertsByDay.reduce((sum, count) => sum + count, 0);
  return (
    <Card id={view.name} className="scroll-mt-20">
      <CardHeader>
        <CardTitle className="flex flex-wrap items-center gap-2">
          {rule.title}
          {!view.isOn && <Badge variant="outline">Off</Badge>}
          {view.isOn && rule.learns && !habits.isOn && (
            <Badge variant="outline">Quiet: learns no habits</Badge>
          )}
          {view.isOn && rule.learns && habits.isOn && (
            <LearningBadge learnUntil={habits.learnUntil} zone={zone} readAt={readAt} />
          )}
        </CardTitle>
        <CardDescription>{rule.question}</CardDescription>
        {mayManage && (
          <CardAction>
            <ChangeRule rule={rule} view={view} companyId={companyId} action={actions.changeRuleAction} />
          </CardAction>
        )}
      </CardHeader>
      <CardContent className="grid gap-4">
        {view.missing.length > 0 && (
          <Alert variant="warning">
            <TriangleAlert aria-hidden />
            <AlertDescription>
              {`No event of kind ${view.missing.join(" or ")} was received in 30 days. ${rule.needsWords}`}
            </AlertDescription>
          </Alert>
        )}
        <DescriptionList
          items={[
            { term: "Severity", value: <SeverityBadge severity={rule.severity} /> },
            ...rule.parameters.map(({ name, label, unit }) => ({
              term: label,
              value: `${view.values[name]!.toLocaleString("en")} ${unit}`,
            })),
            { term: "ATT&CK", value: `${rule.technique.id} ${rule.technique.name}` },
            {
              term: "In 30 days",
              value: (
                <Link
                  href={`/${companyId}/alerts?range=30d&rule=${rule.name}`}
                  className="inline-flex items-center gap-3 text-link hover:underline"
                >
                  {found === 1 ? "1 alert" : `${found.toLocaleString("en")} alerts`}
                  {found > 0 && (
                    <Sparkline
                      label={`At most ${Math.max(...view.alertsByDay)} a day`}
                      values={view.alertsByDay}
                    />
                  )}
                </Link>
              ),
            },
          ]}
        />
      </CardContent>
    </Card>
  );
}

interface ChangeRuleProps {
  rule: Rule;
  view: RuleView;
  companyId: number;
  action: RuleActions["changeRuleAction"];
}

function ChangeRule({ rule, view, companyId, action }: ChangeRuleProps) {
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
        </>
      )}
    </DialogButton>
  );
}
