import { findJobRow } from "@/db/queries/global/jobs";

/**
 * What a watching job has under `kept` in the result of its last good or partly failed run; null before the first. Numbers are epoch
 * milliseconds, none later than `now`: what lies ahead was noted by a clock that was, and nothing is known of it since.
 */
export async function lastLook<Kept extends string>(
  jobName: string,
  now: number,
  ...names: readonly Kept[]
): Promise<Record<Kept, number> | null> {
  const kept = ((await findJobRow(jobName))?.lastResult as { kept?: unknown } | null | undefined)?.kept;
  if (typeof kept !== "object" || kept === null) return null;
  const found: Partial<Record<Kept, number>> = {};
  for (const name of names) {
    const value = (kept as Record<string, unknown>)[name];
    if (typeof value !== "number") return null;
    found[name] = Math.min(value, now);
  }
  return found as Record<Kept, number>;
}
