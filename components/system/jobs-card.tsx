"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { toast } from "@/components/ui/toast";
import { ActionButton } from "@/components/forms/action-button";
import type { FormAction } from "@/lib/domain/form-result";
import { useRefreshPast } from "@/components/live/use-refresh-past";
import { useRefreshWhile } from "@/components/live/use-refresh-while";
import { RelativeTime } from "@/components/time/relative-time";
import { formatDuration } from "@/components/time/format";
import { Badge } from "@/components/ui/badge";
import { TitledCard } from "@/components/ui/card";
import { useWords } from "@/components/ui/use-words";
import type { JobView } from "@/lib/services/jobs/read-jobs";

const STATES = {
  never: { text: "never", variant: "outline" },
  waiting: { text: "waiting", variant: "secondary" },
  running: { text: "running", variant: "secondary" },
  done: { text: "done", variant: "success" },
  failed: { text: "failed", variant: "destructive" },
} as const;

/** What jobs count, by its name in their results. */
const COUNTS = {
  events: "resultEvents",
  accounts: "resultAccounts",
  computers: "resultComputers",
  companies: "resultCompanies",
  errors: "resultErrors",
  audit: "resultAudit",
  notifications: "resultNotifications",
  rows: "resultRows",
  lastRow: "resultLastRow",
  bytes: "resultBytes",
  seconds: "resultSeconds",
  indexes: "resultIndexes",
  freedBytes: "resultFreedBytes",
  deletedFiles: "resultDeletedFiles",
  lockouts: "resultLockouts",
  silentComputers: "resultSilent",
  computersBack: "resultBack",
  sites: "resultSites",
  lostEvents: "resultLostEvents",
  clocks: "resultClocks",
  alerts: "resultAlerts",
  failed: "resultFailed",
  expiringKeys: "resultExpiringKeys",
  refusedKeys: "resultRefusedKeys",
  lateJobs: "resultLateJobs",
  stalledRules: "resultStalledRules",
} as const;

const isCounted = (name: string): name is keyof typeof COUNTS => name in COUNTS;

/** Some jobs run every minute. */
const MINUTE_MS = 60_000;

const LOOK_MILLISECONDS = 2_000;

/**
 * Reads the page again until the run that was asked for has ended, and says how it went. While no server takes it, the
 * card itself looks every minute.
 */
function useFollowedRun({ title, state, lastStartedAt, lastError }: JobView, readAt: number) {
  const t = useTranslations("jobs");
  const word = useWords("jobs");
  /** When the run before it began, and when the page was read then; undefined while none is followed. */
  const [before, setBefore] = useState<{ startedAt: number | null; readAt: number }>();
  const hasBegun = before !== undefined && lastStartedAt !== before.startedAt;
  const hasEnded = hasBegun && state !== "running";
  const isAwaited = before !== undefined && (hasBegun || readAt - before.readAt < MINUTE_MS);
  useRefreshWhile(isAwaited && !hasEnded, LOOK_MILLISECONDS);
  useEffect(() => {
    if (!hasEnded) return;
    const timer = setTimeout(() => {
      const job = word(title);
      if (state !== "failed") toast.success(t("jobDone", { job }));
      else if (lastError === null) toast.error(t("jobFailedUnknown", { job }));
      else toast.error(t("jobFailed", { job, error: word(lastError) }));
      setBefore(undefined);
    });
    return () => clearTimeout(timer);
  }, [hasEnded, state, title, lastError, t, word]);
  return {
    isWaiting: before !== undefined && !hasBegun,
    begin: () => setBefore({ startedAt: lastStartedAt, readAt }),
  };
}

interface JobsCardProps {
  jobs: readonly JobView[];
  zone: string;
  /** Epoch milliseconds. */
  readAt: number;
  action: FormAction<{ name: string }>;
}

/** What the servers do by themselves, how the last run went and when the next is due. */
export function JobsCard({ jobs, zone, readAt, action }: JobsCardProps) {
  const t = useTranslations("jobs");
  useRefreshPast(
    jobs.map(({ nextRunAt }) => nextRunAt),
    readAt,
    MINUTE_MS,
  );
  return (
    <TitledCard title={t("title")} description={t("note")}>
      <ul className="divide-y">
        {jobs.map((job) => (
          <JobItem key={job.name} {...{ job, zone, readAt, action }} />
        ))}
      </ul>
    </TitledCard>
  );
}

function JobItem({ job, zone, readAt, action }: Omit<JobsCardProps, "jobs"> & { job: JobView }) {
  const t = useTranslations("jobs");
  const word = useWords("jobs");
  const follow = useFollowedRun(job, readAt);
  const state = STATES[follow.isWaiting ? "waiting" : job.state];
  return (
    <li className="grid gap-2 py-3 first:pt-0 last:pb-0 sm:grid-cols-[1fr_auto] sm:items-start">
      <div className="grid min-w-0 gap-1 text-sm">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {word(job.title)}
          <Badge variant={state.variant}>{t(state.text)}</Badge>
        </p>
        <p className="text-muted-foreground">{word(job.purpose)}</p>
        <JobTimes job={job} zone={zone} readAt={readAt} />
        {job.lastError && (
          // What programs say is English.
          <p
            lang={typeof job.lastError === "string" ? "en" : undefined}
            className="wrap-anywhere text-destructive-text"
          >
            {word(job.lastError)}
          </p>
        )}
        <ResultText result={job.lastResult} />
      </div>
      <ActionButton
        size="sm"
        variant="outline"
        className="justify-self-start"
        action={action}
        hidden={{ name: job.name }}
        aria-disabled={job.state === "running" || follow.isWaiting}
        onDone={follow.begin}
        aria-label={t("runJob", { job: word(job.title) })}
      >
        {t("run")}
      </ActionButton>
    </li>
  );
}

function JobTimes({ job, zone, readAt }: Pick<JobsCardProps, "zone" | "readAt"> & { job: JobView }) {
  const t = useTranslations("jobs");
  const { lastStartedAt, nextRunAt } = job;
  const timeOf = (at: number) => () => <RelativeTime at={at} zone={zone} />;
  const duration = durationOf(job);
  return (
    <p className="flex flex-wrap gap-x-3 text-muted-foreground">
      {lastStartedAt !== null && (
        <span>
          {duration === null
            ? t.rich("lastStarted", { time: timeOf(lastStartedAt) })
            : t.rich("lastStartedTook", { time: timeOf(lastStartedAt), duration })}
        </span>
      )}
      <span>
        {nextRunAt === null
          ? t("off")
          : nextRunAt <= readAt
            ? t("soon")
            : t.rich("next", { time: timeOf(nextRunAt) })}
      </span>
    </p>
  );
}

/** How long the last run took; null before it has ended. */
function durationOf({ state, lastStartedAt, lastFinishedAt }: JobView): string | null {
  if (state === "running" || lastStartedAt === null || lastFinishedAt === null) return null;
  return formatDuration(Math.max(1, Math.round((lastFinishedAt - lastStartedAt) / 1000)));
}

/** What came of the last successful run: counts, and the names of files. */
function ResultText({ result }: { result: unknown }) {
  const t = useTranslations("jobs");
  if (typeof result !== "object" || result === null) return null;
  const parts = Object.entries(result).flatMap(([name, value]: [string, unknown]) => {
    if (name === "isVerified") return [t(value === true ? "resultVerified" : "resultNotVerified")];
    if (typeof value === "number" && value !== 0 && isCounted(name)) return [t(COUNTS[name], { value })];
    return typeof value === "string" ? [value] : [];
  });
  if (parts.length === 0) return null;
  return (
    <p className="text-xs wrap-anywhere text-muted-foreground">
      {t("lastResult", { parts: parts.join(", ") })}
    </p>
  );
}
