"use client";

import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useRef } from "react";
import { Sparkline } from "@/components/charts/sparkline";
import { formatDate, formatDateTime } from "@/components/time/format";
import { Button } from "@/components/ui/button";
import { TextLink } from "@/components/ui/text-link";
import { useWords } from "@/components/ui/use-words";
import { alertText } from "@/lib/domain/detections/alert";
import { BACKTEST_DAYS } from "@/lib/domain/detections/backtest";
import type { Rule } from "@/lib/domain/detections/rule";
import { MOST_A_DAY } from "@/lib/domain/detections/throttle";
import type { Backtest, LoudSubjectView } from "@/lib/services/detections/backtest-rule";
import { evidenceHref } from "./evidence-href";
import { hidden } from "./hidden";
import { useBacktest } from "./use-backtest";

interface BacktestPanelProps {
  rule: Rule;
  companyId: number;
  zone: string;
}

/** Tries a rule on the past with the values in the form around it, saved or not. */
export function BacktestPanel({ rule, companyId, zone }: BacktestPanelProps) {
  const t = useTranslations("ruleScreens");
  const { state, run, stop } = useBacktest(`/${companyId}/alerts/rules/backtest`);
  const panel = useRef<HTMLElement>(null);
  const forget = useEffectEvent(stop);
  useEffect(() => {
    // A result is of the values that were tried, and of no others.
    const form = panel.current?.closest("form");
    form?.addEventListener("input", forget);
    return () => form?.removeEventListener("input", forget);
  }, []);
  const isRunning = state.status === "running";
  function start(button: HTMLButtonElement, days: number): void {
    const typed = button.form ? new FormData(button.form) : new FormData();
    const sent = new URLSearchParams({ rule: rule.name, days: String(days), tz: zone });
    for (const { name } of rule.parameters) {
      const value = typed.get(name);
      if (typeof value === "string") sent.set(name, value);
    }
    void run(sent, days);
  }
  return (
    <section ref={panel} aria-label={t("backtest")} className="grid gap-3 rounded-lg border p-3 text-sm">
      <div className="flex flex-wrap items-center gap-2">
        <span className="font-medium">{t("tryValues")}</span>
        {BACKTEST_DAYS.map((days) => (
          <Button
            key={days}
            size="sm"
            variant="outline"
            isPending={isRunning && state.days === days}
            onClick={({ currentTarget }) => start(currentTarget, days)}
          >
            {t("days", { days })}
          </Button>
        ))}
        {isRunning && (
          <Button size="sm" variant="ghost" onClick={stop}>
            {t("stop")}
          </Button>
        )}
      </div>
      <output className="grid gap-3 empty:hidden">
        {isRunning && <p className="text-muted-foreground">{t("running", { days: state.days })}</p>}
        {state.status === "refused" && <p className="text-destructive-text">{state.message}</p>}
        {state.status === "done" && <Found {...{ rule, companyId, zone }} found={state.backtests[0]!} />}
      </output>
    </section>
  );
}

function Found({ rule, companyId, zone, found }: BacktestPanelProps & { found: Backtest }) {
  const { total, held, days, alertsByDay, loudest, from, events, milliseconds } = found;
  const t = useTranslations("ruleScreens");
  const left = useLeftOutWords(found, zone);
  const peak = Math.max(...alertsByDay);
  return (
    <>
      <p className="text-base font-medium">
        {total > 0 ? t("foundPeak", { count: total, days, peak }) : t("found", { count: total, days })}
      </p>
      {total > 0 && (
        <div className="grid gap-1">
          <Sparkline label={t("alertsByDay", { peak })} values={alertsByDay} className="h-12 w-full" />
          <p className="flex justify-between text-xs text-muted-foreground">
            <span>{formatDate(from, zone)}</span>
            <span>{t("today")}</span>
          </p>
        </div>
      )}
      {held > 0 && <p className="text-warning-text">{t("held", { most: MOST_A_DAY, count: held })}</p>}
      {left !== null && <p className="text-warning-text">{left}</p>}
      {loudest.length > 0 && (
        <div className="grid gap-1.5">
          <h3 className="font-medium">{t("mostAlerts")}</h3>
          <ol aria-label={t("mostAlerts")} className="grid">
            {loudest.map((subject) => (
              <Loud
                key={`${subject.accountId} ${subject.address} ${subject.computerId} ${subject.siteId}`}
                {...{ rule, companyId, zone, subject }}
              />
            ))}
          </ol>
        </div>
      )}
      <p className="text-xs text-muted-foreground">
        {t("tested", { events, seconds: milliseconds < 1_000 ? 0 : Math.round(milliseconds / 1_000) })}
      </p>
    </>
  );
}

function Loud({ rule, companyId, zone, subject }: BacktestPanelProps & { subject: LoudSubjectView }) {
  const t = useTranslations("ruleScreens");
  const word = useWords("ruleSentences", "units");
  const name = word(subject.subject);
  return (
    <li className="grid gap-0.5 border-b py-2 last:border-0">
      <span className="flex flex-wrap items-baseline justify-between gap-x-3">
        <bdi className="min-w-0 font-medium wrap-anywhere">{name}</bdi>
        <span className="flex gap-3">
          {t("alertCount", { count: subject.alerts })}
          {/* Beside the page, because the values typed here are not saved yet. */}
          <TextLink href={evidenceHref(rule, companyId, subject)} target="_blank">
            {t.rich("eventsOf", { count: subject.count, subject: name, hidden })}
          </TextLink>
        </span>
      </span>
      <span className="text-muted-foreground wrap-anywhere">
        {word(alertText(rule.name, subject.facts), (at) => formatDateTime(at, zone, "minute"))}
      </span>
    </li>
  );
}

const ENDED_BY = {
  events: "endedByEvents",
  alerts: "endedByAlerts",
  milliseconds: "endedByTime",
} as const;

function useLeftOutWords({ past }: Backtest, zone: string): string | null {
  const t = useTranslations("ruleScreens");
  if (past.endedBy !== null && past.throughAt !== null) {
    return t(ENDED_BY[past.endedBy], { time: formatDateTime(past.throughAt, zone, "minute") });
  }
  return past.isOverfull ? t("overfull") : null;
}
