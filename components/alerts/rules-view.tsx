"use client";

import { TriangleAlert } from "lucide-react";
import { Sparkline } from "@/components/charts/sparkline";
import { PageCrumbs } from "@/components/layout/page-crumbs";
import { ExactTime } from "@/components/time/exact-time";
import { Alert, AlertDescription } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Link } from "@/components/ui/link";
import type { Rule } from "@/lib/domain/detections/rule";
import { REQUIREMENT } from "@/lib/domain/detections/requirement";
import { findRule, isOfEvents, NO_PAST } from "@/lib/domain/detections/rules";
import { twoCountries } from "@/lib/domain/detections/two-countries";
import { counted, parameterWords } from "@/lib/domain/detections/words";
import type { RulesScreen, RuleView } from "@/lib/services/detections/read-rules";
import type { RuleActions } from "./alert-actions";
import { SeverityBadge } from "@/components/fleet/alert-badges";
import { AlertsHeader } from "./alerts-header";
import { CountryCredit } from "./country-credit";
import { ChangeRule } from "./change-rule";
import { ExceptionsCard } from "./exceptions-card";
import { heldBackWords } from "./held-back-notice";
import { HabitsCard, LearningBadge } from "./habits-card";
import { RulesFiles } from "./rules-files";
import { TryAllRules } from "./try-all-rules";

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
      <AlertsHeader
        {...{ companyId, zone, readAt }}
        current="rules"
        actions={
          <>
            {props.mayManage && <TryAllRules companyId={companyId} zone={zone} />}
            <RulesFiles {...props} />
          </>
        }
      />
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
            <ChangeRule {...{ rule, view, companyId, zone }} action={actions.changeRuleAction} />
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
        {view.held > 0 && (
          <Alert variant="warning">
            <TriangleAlert aria-hidden />
            <AlertDescription>{heldBackWords(view.held)}</AlertDescription>
          </Alert>
        )}
        {view.lacks.map((one) => (
          <Alert key={one} variant="warning">
            <TriangleAlert aria-hidden />
            <AlertDescription>
              <p>
                {REQUIREMENT[one].words}{" "}
                <Link href={`/${companyId}/alerts/${REQUIREMENT[one].page}`} className="text-link underline">
                  {REQUIREMENT[one].link}
                </Link>
              </p>
            </AlertDescription>
          </Alert>
        ))}
        <DescriptionList
          items={[
            { term: "Severity", value: <SeverityBadge severity={rule.severity} /> },
            ...rule.parameters.map(({ name, label, unit }) => ({
              term: label,
              value: parameterWords(view.values[name]!, unit),
            })),
            { term: "ATT&CK", value: `${rule.technique.id} ${rule.technique.name}` },
            {
              term: "In 30 days",
              value: (
                <Link
                  href={`/${companyId}/alerts?range=30d&rule=${rule.name}`}
                  className="inline-flex items-center gap-3 text-link hover:underline"
                >
                  {counted(found, "alert")}
                  {found > 0 && (
                    <Sparkline
                      label={`At most ${Math.max(...view.alertsByDay)} a day`}
                      values={view.alertsByDay}
                    />
                  )}
                </Link>
              ),
            },
            {
              term: "Last backtest",
              value: <LastBacktest rule={rule} note={view.backtest} zone={zone} />,
            },
            { term: "Countries from", value: rule.name === twoCountries.name ? <CountryCredit /> : null },
          ]}
        />
      </CardContent>
    </Card>
  );
}

interface LastBacktestProps {
  rule: Rule;
  note: RuleView["backtest"];
  zone: string;
}

function LastBacktest({ rule, note, zone }: LastBacktestProps) {
  if (!isOfEvents(rule)) return <span className="text-muted-foreground">{NO_PAST}</span>;
  if (!note) return <span className="text-muted-foreground">None with these values</span>;
  const { alerts, days, isWhole, ranAt } = note;
  return (
    <>
      {`${isWhole ? "" : "At least "}${counted(alerts, "alert")} in ${days} days, tried `}
      <ExactTime at={ranAt} zone={zone} precision="minute" />
    </>
  );
}
