"use client";

import { TriangleAlert } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Sparkline } from "@/components/charts/sparkline";
import { PageCrumbs } from "@/components/layout/page-crumbs";
import { ExactTime } from "@/components/time/exact-time";
import { Alert, AlertDescription } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Link } from "@/components/ui/link";
import { useWords } from "@/components/ui/use-words";
import type { Rule } from "@/lib/domain/detections/rule";
import { REQUIREMENT_PAGE, type Requirement } from "@/lib/domain/detections/requirement";
import { findRule, isOfEvents } from "@/lib/domain/detections/rules";
import { twoCountries } from "@/lib/domain/detections/two-countries";
import { parameterText } from "@/lib/domain/detections/words";
import type { EventKind } from "@/lib/domain/events/kinds";
import type { RulesScreen, RuleView } from "@/lib/services/detections/read-rules";
import type { RuleActions } from "./alert-actions";
import { SeverityBadge } from "@/components/fleet/alert-badges";
import { AlertsHeader } from "./alerts-header";
import { CountryCredit } from "./country-credit";
import { ChangeRule } from "./change-rule";
import { ExceptionsCard } from "./exceptions-card";
import { HeldBackNote } from "./held-back-notice";
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
  const pages = useTranslations("alertPages");
  return (
    <>
      <PageCrumbs crumbs={[{ label: pages("rules") }]} />
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
  const t = useTranslations("ruleScreens");
  const word = useWords("ruleTitles", "ruleQuestions", "rules", "units");
  const rule = findRule(view.name)!;
  const found = view.alertsByDay.reduce((sum, count) => sum + count, 0);
  return (
    <Card id={view.name} className="scroll-mt-20">
      <CardHeader>
        <CardTitle className="flex flex-wrap items-center gap-2">
          {word(rule.title)}
          {!view.isOn && <Badge variant="outline">{t("off")}</Badge>}
          {view.isOn && rule.learns && !habits.isOn && <Badge variant="outline">{t("needsHabits")}</Badge>}
          {view.isOn && rule.learns && habits.isOn && (
            <LearningBadge learnUntil={habits.learnUntil} zone={zone} readAt={readAt} />
          )}
        </CardTitle>
        <CardDescription>{word(rule.question)}</CardDescription>
        {mayManage && (
          <CardAction>
            <ChangeRule {...{ rule, view, companyId, zone }} action={actions.changeRuleAction} />
          </CardAction>
        )}
      </CardHeader>
      <CardContent className="grid gap-4">
        <Warnings view={view} companyId={companyId} />
        <DescriptionList
          items={[
            { term: t("severity"), value: <SeverityBadge severity={rule.severity} /> },
            ...rule.parameters.map(({ name, label, unit }) => ({
              term: word(label),
              value: word(parameterText(view.values[name]!, unit)),
            })),
            { term: "ATT&CK", value: `${rule.technique.id} ${rule.technique.name}` },
            {
              term: t("last30Days"),
              value: (
                <Link
                  href={`/${companyId}/alerts?range=30d&rule=${rule.name}`}
                  className="inline-flex items-center gap-3 text-link hover:underline"
                >
                  {t("alertCount", { count: found })}
                  {found > 0 && (
                    <Sparkline
                      label={t("alertsByDay", { peak: Math.max(...view.alertsByDay) })}
                      values={view.alertsByDay}
                    />
                  )}
                </Link>
              ),
            },
            {
              term: t("lastBacktest"),
              value: <LastBacktest rule={rule} note={view.backtest} zone={zone} />,
            },
            { term: t("notification"), value: rule.toldBy ? word(rule.toldBy) : null },
            { term: t("countryData"), value: rule.name === twoCountries.name ? <CountryCredit /> : null },
          ]}
        />
      </CardContent>
    </Card>
  );
}

function Warnings({ view, companyId }: Pick<RuleCardProps, "view" | "companyId">) {
  const t = useTranslations("ruleScreens");
  const word = useWords("rules");
  const { missing, held, keptAccounts, lacks } = view;
  return (
    <>
      {missing.length > 0 && (
        <Warning>
          <MissingKinds kinds={missing} /> {word(findRule(view.name)!.needsText)}
        </Warning>
      )}
      {held > 0 && (
        <Warning>
          <HeldBackNote held={held} />
        </Warning>
      )}
      {keptAccounts && (
        <Warning>
          {t(keptAccounts.isTooShort ? "accountsKeptTooShort" : "accountsKeptShort", {
            count: keptAccounts.keptDays,
          })}
        </Warning>
      )}
      {lacks.map((one) => (
        <Warning key={one}>
          <Lack companyId={companyId} lack={one} />
        </Warning>
      ))}
    </>
  );
}

function Warning({ children }: { children: ReactNode }) {
  return (
    <Alert variant="warning">
      <TriangleAlert aria-hidden />
      <AlertDescription>
        <p>{children}</p>
      </AlertDescription>
    </Alert>
  );
}

function MissingKinds({ kinds }: { kinds: readonly EventKind[] }) {
  const kindWord = useTranslations("eventKinds");
  const t = useTranslations("ruleScreens");
  return t("missingKinds", {
    kinds: new Intl.ListFormat(useLocale()).format(kinds.map((kind) => kindWord(kind))),
  });
}

const LACKS = {
  calendar: "lacksCalendar",
  "service-account": "lacksServiceAccount",
  administrator: "lacksAdministrator",
  "administrators-computer": "lacksAdministratorsComputer",
} as const satisfies Record<Requirement, string>;

/** What people have not told the rule, and the way to where they can. */
function Lack({ companyId, lack }: { companyId: number; lack: Requirement }) {
  const t = useTranslations("ruleScreens");
  const href = `/${companyId}/alerts/${REQUIREMENT_PAGE[lack]}`;
  return t.rich(LACKS[lack], {
    link: (words) => (
      <Link href={href} className="text-link underline">
        {words}
      </Link>
    ),
  });
}

interface LastBacktestProps {
  rule: Rule;
  note: RuleView["backtest"];
  zone: string;
}

function LastBacktest({ rule, note, zone }: LastBacktestProps) {
  const t = useTranslations("ruleScreens");
  if (!isOfEvents(rule)) return <span className="text-muted-foreground">{t("noPast")}</span>;
  if (!note) return <span className="text-muted-foreground">{t("noBacktest")}</span>;
  const { alerts, days, isWhole, ranAt } = note;
  return t.rich(isWhole ? "backtestRan" : "backtestRanPart", {
    count: alerts,
    days,
    time: () => <ExactTime at={ranAt} zone={zone} precision="minute" />,
  });
}
