"use client";

import { useLocale, useTranslations } from "next-intl";
import { DialogButton } from "@/components/forms/dialog-button";
import { SwitchField } from "@/components/forms/fields";
import { formatDate } from "@/components/time/format";
import { Badge } from "@/components/ui/badge";
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { useWords } from "@/components/ui/use-words";
import { RULES } from "@/lib/domain/detections/rules";
import type { RulesScreen } from "@/lib/services/detections/read-rules";
import type { RuleActions } from "./alert-actions";
import { hidden } from "./hidden";

interface HabitsCardProps extends Pick<RulesScreen, "habits" | "mayManage"> {
  companyId: number;
  zone: string;
  /** Epoch milliseconds. */
  readAt: number;
  actions: RuleActions;
}

const LEARNING = RULES.filter(({ learns }) => learns);

/** Whether rules learn what is usual for each person, since when, and the switch. */
export function HabitsCard({ habits, mayManage, companyId, zone, readAt, actions }: HabitsCardProps) {
  const t = useTranslations("ruleScreens");
  const word = useWords("ruleTitles");
  const rules = new Intl.ListFormat(useLocale()).format(LEARNING.map(({ title }) => word(title)));
  return (
    <Card>
      <CardHeader>
        <CardTitle className="flex flex-wrap items-center gap-2">
          {t("habits")}
          {habits.isOn ? (
            <LearningBadge learnUntil={habits.learnUntil} zone={zone} readAt={readAt} />
          ) : (
            <Badge variant="outline">{t("off")}</Badge>
          )}
        </CardTitle>
        <CardDescription>{t("habitsNote", { rules })}</CardDescription>
        {mayManage && (
          <CardAction>
            <DialogButton
              label={t.rich("editHabits", { hidden })}
              title={t("habitsTitle")}
              description={t("habitsHelp")}
              action={actions.changeHabitsAction}
              hidden={{ companyId }}
              submitLabel={t("save")}
              done={t("habitsSaved")}
            >
              {(errors) => (
                <SwitchField
                  name="learnsHabits"
                  label={t("learnHabits")}
                  errors={errors}
                  defaultChecked={habits.isOn}
                />
              )}
            </DialogButton>
          </CardAction>
        )}
      </CardHeader>
      <CardContent className="text-sm text-muted-foreground">
        {habits.isOn ? t("habitsOn") : t("habitsOff")}
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
  const t = useTranslations("ruleScreens");
  if (learnUntil !== null && learnUntil <= readAt) return null;
  return (
    // In two lines where the card's button leaves no room for one.
    <Badge variant="outline" className="whitespace-normal">
      {learnUntil === null ? t("learningLater") : t("learningUntil", { date: formatDate(learnUntil, zone) })}
    </Badge>
  );
}
