"use client";

import { DialogButton } from "@/components/forms/dialog-button";
import { SwitchField } from "@/components/forms/fields";
import { formatDate } from "@/components/time/format";
import { Badge } from "@/components/ui/badge";
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { RULES } from "@/lib/domain/detections/rules";
import type { RulesScreen } from "@/lib/services/detections/read-rules";
import type { RuleActions } from "./alert-actions";

interface HabitsCardProps extends Pick<RulesScreen, "habits" | "mayManage"> {
  companyId: number;
  zone: string;
  /** Epoch milliseconds. */
  readAt: number;
  actions: RuleActions;
}

const LEARNING = RULES.filter(({ learns }) => learns).map(({ title }) => title);

/** Whether rules learn what is usual for each person, since when, and the switch. */
export function HabitsCard({ habits, mayManage, companyId, zone, readAt, actions }: HabitsCardProps) {
  return (
    <Card>
      <CardHeader>
        <CardTitle className="flex flex-wrap items-center gap-2">
          Learned habits
          {habits.isOn ? (
            <LearningBadge learnUntil={habits.learnUntil} zone={zone} readAt={readAt} />
          ) : (
            <Badge variant="outline">Off</Badge>
          )}
        </CardTitle>
        <CardDescription>
          {`Some rules learn which computers and hours are usual for a person: ${LEARNING.join(", ")}.`}
        </CardDescription>
        {mayManage && (
          <CardAction>
            <DialogButton
              label={
                <>
                  Change<span className="sr-only"> learned habits</span>
                </>
              }
              title="Change learned habits"
              description="Switched off, these rules say nothing and what was learned is deleted. Switched on, it is learned again from the events of the last 90 days."
              action={actions.changeHabitsAction}
              hidden={{ companyId }}
              submitLabel="Save"
              done="Learned habits are changed."
            >
              {(errors) => (
                <SwitchField
                  name="learnsHabits"
                  label="Learn habits"
                  errors={errors}
                  defaultChecked={habits.isOn}
                />
              )}
            </DialogButton>
          </CardAction>
        )}
      </CardHeader>
      <CardContent className="text-sm text-muted-foreground">
        {habits.isOn
          ? "These rules stay quiet for the first 14 days after the company's first event."
          : "These rules stay quiet, and nothing is learned."}
      </CardContent>
    </Card>
  );
}

/** Nothing once the learning period is over. */
export function LearningBadge({
  learnUntil,
  zone,
  readAt,
}: {
  learnUntil: number | null;
  zone: string;
  readAt: number;
}) {
  if (learnUntil === null) return <Badge variant="outline">Learning from the first event</Badge>;
  if (learnUntil <= readAt) return null;
  return <Badge variant="outline">{`Learning until ${formatDate(learnUntil, zone)}`}</Badge>;
}
