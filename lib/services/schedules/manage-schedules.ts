import type { Transaction } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { lockCompany } from "@/db/queries/companies/company";
import { putEntry } from "@/db/queries/global/queue";
import {
  countSchedules,
  deleteSchedules,
  hasWaitingRun,
  insertRun,
  insertSchedule,
  listWaitingDueRuns,
  updateSchedule,
  type ScheduleRow,
} from "@/db/queries/schedules/schedules";
import { writeWithin } from "@/db/scope";
import { reasonText } from "@/lib/domain/notifications/reasons";
import { nextDueAt } from "@/lib/domain/reports/schedule";
import type { NewScheduleInput, ScheduleChange } from "@/lib/domain/reports/schedule-form";
import { rangeProblem, type ScheduleRange } from "@/lib/domain/reports/schedule-range";
import { AppError } from "@/lib/errors";
import { companyAudit } from "../audit/company-audit";
import { changedFields } from "../audit/diff";
import type { CompanyContext } from "../context";
import { readSettings } from "../settings/read-settings";
import { findTable } from "../tables/registry";
import { openView } from "../views/open-view";
import { findScheduled, readAuthority } from "./authority";
import { assertRecipients } from "./check-schedule";
import { entryOf } from "./feed-schedules";
import {
  auditOf,
  lockManaged,
  readManaged,
  readReportDomains,
  scheduleAudit,
  zoneIn,
} from "./locked-schedule";
import { scheduleOf } from "./schedule-of";

const MOST_SCHEDULES = 200;
const MOST_OF_OWNER = 100;

type Ref = { scheduleId: number };

/**
 * Has a saved view sent from now on. @throws AppError `not_found` for a view the user may not open, `invalid` for
 * recipients and ranges that may not be, `conflict` at 200 schedules or 100 of the user's; AccessDenied `forbidden` for a shared view
 * without the right.
 */
export async function createSchedule(context: CompanyContext, input: NewScheduleInput): Promise<Ref> {
  const { actor, audit, scope } = context;
  const { viewId, time, ...rest } = input;
  const columns = { ...rest, ...time };
  const { timeZone } = await readSettings();
  await assertRecipients(context, columns, await readReportDomains(scope));
  return writeWithin(scope, async (tx) => {
    const company = await lockCompany(tx, scope);
    const view = await findScheduled(tx, context, viewId);
    if (!company || !view) throw new AppError("not_found", { key: "errors.gone" });
    openView(context, view);
    assertRange(view, columns.range);
    if ((await countSchedules(tx, scope)) >= MOST_SCHEDULES) {
      throw new AppError("conflict", { key: "scheduleErrors.tooMany", values: { max: MOST_SCHEDULES } });
    }
    if ((await countSchedules(tx, scope, actor.userId)) >= MOST_OF_OWNER) {
      throw new AppError("conflict", {
        key: "scheduleErrors.tooManyOfYours",
        values: { max: MOST_OF_OWNER },
      });
    }
    const zone = zoneIn(company, timeZone);
    const row = {
      ...columns,
      viewId,
      viewName: view.name,
      ownerUserId: actor.userId,
      ownerName: audit.actorName ?? "",
      nextDueAt: new Date(nextDueAt(scheduleOf(columns), Date.now(), zone)),
      dueZone: zone,
    };
    const scheduleId = await insertSchedule(tx, scope, row);
    await insertAuditRow(tx, {
      ...scheduleAudit(context, "schedule.create", { id: scheduleId, viewName: view.name }),
      after: auditOf(row),
    });
    return { scheduleId };
  });
}

/** Changes when, what and to whom it is sent. @throws as {@link createSchedule}. */
export async function changeSchedule(
  context: CompanyContext,
  { scheduleId, time, ...rest }: ScheduleChange,
): Promise<void> {
  const { scope } = context;
  const change = { ...rest, ...time };
  const { timeZone } = await readSettings();
  const found = await readManaged(context, scheduleId);
  if (change.range !== undefined) {
    const authority = await readAuthority(scope, found);
    if (!("lost" in authority)) assertRange(authority.view, change.range);
  }
  await assertRecipients(context, { ...found, ...change }, await readReportDomains(scope), found);
  await writeWithin(scope, async (tx) => {
    const company = await lockCompany(tx, scope);
    const row = await lockManaged(tx, context, scheduleId);
    const next = { ...row, ...change };
    const changed = changedFields(auditOf(row), auditOf(next));
    if (!changed) return;
    const zone = zoneIn(company!, timeZone);
    // What is due already and hasn't been taken up goes out, unless its time is what changes.
    const isTimeChanged = JSON.stringify(scheduleOf(row)) !== JSON.stringify(scheduleOf(next));
    const due = row.nextDueAt &&
      isTimeChanged && {
        nextDueAt: new Date(nextDueAt(scheduleOf(next), Date.now(), zone)),
        dueZone: zone,
      };
    await updateSchedule(tx, scope, scheduleId, { ...change, ...due });
    await insertAuditRow(tx, { ...scheduleAudit(context, "schedule.update", row), ...changed });
  });
}

/** Until it is resumed, only runs that a user requests are sent; due ones are left out. */
export async function pauseSchedule(context: CompanyContext, { scheduleId }: Ref): Promise<void> {
  const { scope } = context;
  await writeWithin(scope, async (tx) => {
    const row = await lockManaged(tx, context, scheduleId);
    if (row.pausedAt || row.stoppedAt) return;
    await updateSchedule(tx, scope, scheduleId, { pausedAt: new Date(), nextDueAt: null });
    // The sender ends what it would try again hours later.
    for (const { id } of await listWaitingDueRuns(tx, scope, scheduleId)) {
      await putEntry(tx, entryOf(scope, id), new Date());
    }
    await insertAuditRow(tx, scheduleAudit(context, "schedule.pause", row));
  });
}

/** Sends again from the next due time on. @throws AppError `conflict` if its reason to stop remains or no recipient is left. */
export async function resumeSchedule(context: CompanyContext, { scheduleId }: Ref): Promise<void> {
  const { scope } = context;
  const { timeZone } = await readSettings();
  await assertAuthority(context, scheduleId);
  await writeWithin(scope, async (tx) => {
    const company = await lockCompany(tx, scope);
    const row = await lockManaged(tx, context, scheduleId);
    if (row.nextDueAt) return;
    if (row.memberIds.length + row.addresses.length === 0) {
      throw new AppError("conflict", { key: "scheduleErrors.noRecipients" });
    }
    const zone = zoneIn(company!, timeZone);
    await updateSchedule(tx, scope, scheduleId, {
      pausedAt: null,
      stoppedAt: null,
      stoppedReason: null,
      nextDueAt: new Date(nextDueAt(scheduleOf(row), Date.now(), zone)),
      dueZone: zone,
    });
    await insertAuditRow(tx, scheduleAudit(context, "schedule.resume", row));
  });
}

/** @throws AppError `not_found`. */
export async function deleteSchedule(context: CompanyContext, { scheduleId }: Ref): Promise<void> {
  const { scope } = context;
  await writeWithin(scope, async (tx) => {
    const row = await lockManaged(tx, context, scheduleId);
    await deleteSchedules(tx, scope, [scheduleId]);
    await insertAuditRow(tx, { ...scheduleAudit(context, "schedule.delete", row), before: auditOf(row) });
  });
}

/** Sends one now, beside its due times. @throws AppError `conflict` while one is on its way, or it has stopped. */
export async function sendNow(context: CompanyContext, { scheduleId }: Ref): Promise<{ runId: number }> {
  const { audit, scope } = context;
  await assertAuthority(context, scheduleId);
  return writeWithin(scope, async (tx) => {
    const row = await lockManaged(tx, context, scheduleId);
    if (await hasWaitingRun(tx, scope, scheduleId)) throw onItsWay();
    const runId = await insertRun(tx, scope, {
      scheduleId,
      dueAt: new Date(),
      reason: "asked",
      requestedBy: audit.actorName,
      state: "waiting",
    });
    if (runId === null) throw onItsWay();
    await putEntry(tx, entryOf(scope, runId), new Date());
    await insertAuditRow(tx, scheduleAudit(context, "schedule.send-now", row));
    return { runId };
  });
}

/**
 * Deletes the schedules of views that are deleted, each with its audit row. `isNamed` false: only with its id, for an
 * erasure, after which no new row may name whom the view showed.
 */
export async function deleteSchedulesWith(
  tx: Transaction,
  context: Pick<CompanyContext, "audit" | "scope">,
  rows: readonly ScheduleRow[],
  { isNamed = true } = {},
): Promise<void> {
  await deleteSchedules(
    tx,
    context.scope,
    rows.map(({ id }) => id),
  );
  for (const row of rows) {
    const told = isNamed
      ? { ...scheduleAudit(context, "schedule.delete", row), before: auditOf(row) }
      : companyAudit(context, "schedule.delete", "schedule", { id: row.id });
    await insertAuditRow(tx, told);
  }
}

/** Looked at before the transaction, which would hold one connection while it waited for another. */
async function assertAuthority(context: CompanyContext, scheduleId: number): Promise<void> {
  const authority = await readAuthority(context.scope, await readManaged(context, scheduleId));
  if (!("lost" in authority)) return;
  const values = { reason: reasonText(authority.lost) };
  throw new AppError("conflict", { key: "scheduleErrors.blocked", values });
}

function assertRange(view: { table: string; query: string }, range: ScheduleRange): void {
  const hasRange = findTable(view.table)?.hasRange ?? true;
  const message = rangeProblem({ query: view.query, hasRange }, range);
  if (message) throw new AppError("invalid", message, [{ field: "range", message }]);
}

function onItsWay(): AppError {
  return new AppError("conflict", { key: "scheduleErrors.inProgress" });
}
