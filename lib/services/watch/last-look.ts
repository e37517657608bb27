import { findJobRow } from "@/db/queries/global/jobs";

/** What a watching job has under `kept` in the result of its last good run; null before the first. Numbers are epoch milliseconds. */
export async function lastLook<Kept extends string>(
  jobName: string,
  ...names: readonly Kept[]
): Promise<Record<Kept, number> | null> {
  const kept = ((await findJobRow(jobName))?.lastResult as { kept?: unknown } | null | undefined)?.kept;
  if (typeof kept !== "object" || kept === null) return null;
  const entries = names.map((name) => [name, (kept as Record<string, unknown>)[name]] as const);
  return entries.every(([, value]) => typeof value === "number")
    ? (Object.fromEntries(entries) as Record<Kept, number>)
    : null;
}
