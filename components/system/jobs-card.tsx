"use client";

import { useEffect, useState } from "react";
import { toast } from "@/components/ui/toast";
import { ActionButton } from "@/components/forms/action-button";
import type { FormAction } from "@/lib/domain/form-result";
import { usePageRefresh } from "@/components/live/use-page-refresh";
import { RelativeTime } from "@/components/time/relative-time";
import { formatDuration } from "@/components/time/format";
import { Badge, type BadgeProps } from "@/components/ui/badge";
import { TitledCard } from "@/components/ui/card";
import type { JobView } from "@/lib/services/jobs/read-jobs";

const STATES: Record<JobView["state"], { label: string; variant: BadgeProps["variant"] }> = {
  never: { label: "Never ran", variant: "outline" },
  running: { label: "Running", variant: "secondary" },
  done: { label: "Done", variant: "success" },
  failed: { label: "Failed", variant: "destructive" },
};

const WAITING = { label: "Waiting to begin", variant: "secondary" } as const;
const LOOK_MILLISECONDS = 2_000;

/** Reads the page again until the run that was asked for has ended, and says how it went. */
function useFollowedRun({ title, state, lastStartedAt, lastError }: JobView) {
  const refresh = usePageRefresh();
  /** When the run before it began; undefined while none is followed. */
  const [before, setBefore] = useState<number | null>();
  const isFollowed = before !== undefined;
  const hasBegun = isFollowed && lastStartedAt !== before;
  const hasEnded = hasBegun && state !== "running";
  useEffect(() => {
    if (!isFollowed || hasEnded) return;
    const timer = setInterval(refresh, LOOK_MILLISECONDS);
    return () => clearInterval(timer);
  }, [isFollowed, hasEnded, refresh]);
  useEffect(() => {
    if (!hasEnded) return;
    const timer = setTimeout(() => {
      if (state === "failed") toast.error(`${title} failed: ${lastError ?? "no reason is known"}`);
      else toast.success(`${title} is done.`);
      setBefore(undefined);
    });
    return () => clearTimeout(timer);
  }, [hasEnded, state, title, lastError]);
  return { isWaiting: isFollowed && !hasBegun, begin: () => setBefore(lastStartedAt) };
}

interface JobsCardProps {
  jobs: readonly JobView[];
  zone: string;
  action: FormAction<{ name: string }>;
}

/** What the servers do by themselves, how the last run went and when the next is due. */
export function JobsCard({ jobs, zone, action }: JobsCardProps) {
  return (
    <TitledCard title="Jobs" description="Of several servers one runs each.">
      <ul className="divide-y">
        {jobs.map((job) => (
          <JobItem key={job.name} job={job} zone={zone} action={action} />
        ))}
      </ul>
    </TitledCard>
  );
}

function JobItem({ job, zone, action }: { job: JobView; zone: string; action: JobsCardProps["action"] }) {
  const follow = useFollowedRun(job);
  const { label, variant } = follow.isWaiting ? WAITING : STATES[job.state];
  return (
    <li className="grid gap-2 py-3 first:pt-0 last:pb-0 sm:grid-cols-[1fr_auto] sm:items-start">
      <div className="grid min-w-0 gap-1 text-sm">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {job.title}
          <Badge variant={variant}>{label}</Badge>
        </p>
        <p className="text-muted-foreground">{job.purpose}</p>
        <p className="text-muted-foreground">
          {job.lastStartedAt !== null && (
            <>
              Last begun <RelativeTime at={job.lastStartedAt} zone={zone} />
              {tookText(job)}.{" "}
            </>
          )}
          {job.nextRunAt === null ? (
            "Switched off."
          ) : job.nextRunAt <= (job.lastFinishedAt ?? 0) ? (
            "Next within a minute."
          ) : (
            <>
              Next <RelativeTime at={job.nextRunAt} zone={zone} />.
            </>
          )}
        </p>
        {job.lastError && <p className="wrap-anywhere text-destructive-text">{job.lastError}</p>}
        <ResultText result={job.lastResult} />
      </div>
      <ActionButton
        size="sm"
        variant="outline"
        className="justify-self-start"
        action={action}
        hidden={{ name: job.name }}
        disabled={job.state === "running" || follow.isWaiting}
        onDone={follow.begin}
        aria-label={`Run ${job.title} now`}
      >
        Run now
      </ActionButton>
    </li>
  );
}

function tookText({ state, lastStartedAt, lastFinishedAt }: JobView): string {
  if (state === "running" || lastStartedAt === null || lastFinishedAt === null) return "";
  return `, took ${formatDuration(Math.max(1, Math.round((lastFinishedAt - lastStartedAt) / 1000)))}`;
}

/** What came of the last good run, as names and values. */
function ResultText({ result }: { result: unknown }) {
  if (typeof result !== "object" || result === null) return null;
  const parts = Object.entries(result)
    .filter(([, value]) => value !== null && value !== 0 && typeof value !== "object")
    .map(([name, value]) => {
      const words = name.replaceAll(/([A-Z])/g, " $1").toLowerCase();
      return `${words} ${typeof value === "number" ? value.toLocaleString("en") : String(value)}`;
    });
  if (parts.length === 0) return null;
  return <p className="text-xs wrap-anywhere text-muted-foreground">Last result: {parts.join(", ")}</p>;
}
