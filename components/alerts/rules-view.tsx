"use client";

import { TriangleAlert } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Sparkline } from "@/components/charts/sparkline";
import { PageCrumbs } from "@/components/layout/page-crumbs";
import { ExactTime } from "@/components/time/exact-time";
import { Alert, AlertDescription } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { DescriptionList } from "@/components/ui/description-list";
import { Link } from "@/components/ui/link";
import { TextLink } from "@/components/ui/text-link";
import { useWords } from "@/components/ui/use-words";
import { REQUIREMENT_PAGE, type Requirement } from "@/lib/domain/detections/requirement";
import { findRule } from "@/lib/domain/detections/rules";
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
  const t = useTranslations("ruleScreens");
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
      {props.isWithoutEvents && <Warning>{t("noEvents")}</Warning>}
      <HabitsCard {...props} />
      <div className="divide-y rounded-lg border bg-card text-card-foreground">
        {rules.map((view) => (
          <RuleRow key={view.name} view={view} {...props} />
        ))}
      </div>
      <ExceptionsCard {...props} />
    </>
  );
}

type RuleRowProps = Omit<RulesViewProps, "rules" | "exceptions"> & { view: RuleView };

function RuleRow({ view, companyId, mayManage, actions, habits, zone, readAt }: RuleRowProps) {
  const t = useTranslations("ruleScreens");
  const word = useWords("ruleTitles", "ruleQuestions", "rules", "units");
  const rule = findRule(view.name)!;
  return (
    <section
      id={view.name}
      className="grid scroll-mt-20 grid-cols-[minmax(0,1fr)_auto] gap-x-6 gap-y-3 p-4 text-sm lg:grid-cols-[minmax(0,1fr)_24rem_auto] xl:grid-cols-[minmax(0,1fr)_28rem_auto]"
    >
      <div className="contents lg:grid lg:content-start lg:gap-1">
        <h2 className="flex flex-wrap items-center gap-2 leading-5 font-semibold">
          {word(rule.title)}
          <SeverityBadge severity={rule.severity} />
          {!view.isOn && <Badge variant="outline">{t("off")}</Badge>}
          {view.isOn && rule.learns && !habits.isOn && <Badge variant="outline">{t("needsHabits")}</Badge>}
          {view.isOn && rule.learns && habits.isOn && (
            <LearningBadge learnUntil={habits.learnUntil} zone={zone} readAt={readAt} />
          )}
        </h2>
        <p className="col-span-full row-start-2 text-muted-foreground">{word(rule.question)}</p>
        <dl className="col-span-full flex flex-wrap gap-x-5 gap-y-1">
          {rule.parameters.map(({ name, label, unit }) => (
            <Fact key={name} term={word(label)} value={word(parameterText(view.values[name]!, unit))} />
          ))}
          <Fact term="ATT&CK" value={`${rule.technique.id} ${rule.technique.name}`} />
          {rule.toldBy && <Fact term={t("notification")} value={word(rule.toldBy)} />}
          {rule.name === twoCountries.name && <Fact term={t("countryData")} value={<CountryCredit />} />}
        </dl>
      </div>
      {mayManage && (
        <div className="col-start-2 row-start-1 justify-self-end lg:col-start-3">
          <ChangeRule {...{ rule, view, companyId, zone }} action={actions.changeRuleAction} />
        </div>
      )}
      <DescriptionList
        className="col-span-full content-start lg:col-span-1 lg:col-start-2 lg:row-start-1"
        items={[
          { term: t("last30Days"), value: <FoundLately view={view} companyId={companyId} /> },
          ...(view.backtest
            ? [{ term: t("lastBacktest"), value: <LastBacktest note={view.backtest} zone={zone} /> }]
            : []),
        ]}
      />
      <div className="col-span-full grid gap-3 empty:hidden">
        <Warnings view={view} companyId={companyId} />
      </div>
    </section>
  );
}

function Fact({ term, value }: { term: string; value: ReactNode }) {
  return (
    <div className="min-w-0 wrap-anywhere">
      <dt className="me-1.5 inline text-muted-foreground">{term}</dt>
      <dd className="inline">{value}</dd>
    </div>
  );
}

function FoundLately({ view, companyId }: Pick<RuleRowProps, "view" | "companyId">) {
  const t = useTranslations("ruleScreens");
  const found = view.alertsByDay.reduce((sum, count) => sum + count, 0);
  return (
    <TextLink
      href={`/${companyId}/alerts?range=30d&rule=${view.name}`}
      className="inline-flex items-center gap-3"
    >
      {t("alertCount", { count: found })}
      {found > 0 && (
        <Sparkline
          label={t("alertsByDay", { peak: Math.max(...view.alertsByDay) })}
          values={view.alertsByDay}
        />
      )}
    </TextLink>
  );
}

function Warnings({ view, companyId }: Pick<RuleRowProps, "view" | "companyId">) {
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

function LastBacktest({ note, zone }: { note: NonNullable<RuleView["backtest"]>; zone: string }) {
  const t = useTranslations("ruleScreens");
  const { alerts, days, isWhole, ranAt } = note;
  return t.rich(isWhole ? "backtestRan" : "backtestRanPart", {
    count: alerts,
    days,
    time: () => <ExactTime at={ranAt} zone={zone} precision="minute" />,
  });
}
