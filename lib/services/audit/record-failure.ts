import { database } from "@/db/client";
import { insertAuditRow, type AuditRow } from "@/db/queries/audit/insert-audit-row";
import { logger } from "@/lib/logger";
import { metrics } from "@/lib/metrics";
import { processState } from "@/lib/process-state";

const WINDOW_MILLISECONDS = 60_000;
const ROWS_PER_WINDOW = 60;

interface Budget {
  startedAt: number;
  rows: number;
  suppressed: number;
  timer?: NodeJS.Timeout;
}

const shared = processState("failure-budget", (): { budget?: Budget } => ({}));

/**
 * Writes the audit row of a refusal that anybody on the network can cause. A server keeps 60 of them a minute; what
 * goes beyond is counted and kept as one row, so that a flood cannot fill the trail.
 */
export async function recordFailure(
  row: Omit<AuditRow, "outcome" | "companyId">,
  now = Date.now(),
): Promise<void> {
  if (row.action.startsWith("session.")) metrics()?.signInFailures.inc({ reason: reasonOf(row.after) });
  const budget = presentBudget(now);
  if (budget.rows >= ROWS_PER_WINDOW) {
    budget.suppressed += 1;
    budget.timer ??= setTimeout(() => presentBudget(Date.now()), WINDOW_MILLISECONDS).unref();
    return;
  }
  budget.rows += 1;
  await write({ ...row, companyId: null, outcome: "failure" });
}

const REASONS = new Set(["wrong", "inactive", "wrong code"]);

function reasonOf(after: object | null | undefined): string {
  const reason = after && "reason" in after ? String(after.reason) : "";
  return REASONS.has(reason) ? reason : "other";
}

function presentBudget(now: number): Budget {
  const past = shared.budget;
  // A clock that was set back begins a new window: the old one would keep no refusals until its time comes again.
  const isPresent = past && now >= past.startedAt && now - past.startedAt < WINDOW_MILLISECONDS;
  if (isPresent) return past;
  shared.budget = { startedAt: now, rows: 0, suppressed: 0 };
  clearTimeout(past?.timer);
  if (past && past.suppressed > 0) void recordSuppressed(past);
  return shared.budget;
}

async function recordSuppressed({ startedAt, suppressed }: Budget): Promise<void> {
  const after = {
    reason: "not kept one by one",
    count: suppressed,
    since: new Date(startedAt).toISOString(),
  };
  await write({
    companyId: null,
    actorUserId: null,
    actorName: null,
    address: null,
    action: "session.refused",
    outcome: "failure",
    after,
  }).catch((error: unknown) => logger.warn({ err: error, ...after }, "Can't store the number of refusals"));
}

async function write(row: AuditRow): Promise<void> {
  await database().transaction((tx) => insertAuditRow(tx, row));
}
