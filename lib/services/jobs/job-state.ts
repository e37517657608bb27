import type { JobRow } from "@/db/queries/global/jobs";

export type JobState = "never" | "running" | "done" | "failed";

/** How the last run went; "running" also for one whose server died, until it is taken up again. */
export function jobStateOf(row: JobRow | null): JobState {
  if (!row?.lastStartedAt) return "never";
  if (!row.lastFinishedAt || row.lastFinishedAt < row.lastStartedAt) return "running";
  return row.lastSucceededAt && row.lastSucceededAt >= row.lastFinishedAt ? "done" : "failed";
}
