import type { Transaction } from "@/db/client";
import { findCompany } from "@/db/queries/companies/company";
import { listDueSchedules } from "@/db/queries/global/due-schedules";
import { putEntry } from "@/db/queries/global/queue";
import {
  deleteMissedRuns,
  insertRun,
  lockSchedule,
  updateSchedule,
  type ScheduleRow,
} from "@/db/queries/schedules/schedules";
import { operatorScope, writeWithin, type CompanyWriteScope } from "@/db/scope";
import { nextDueAt } from "@/lib/domain/reports/schedule";
import { ianaZone, type IanaZone } from "@/lib/domain/zones";
import type { QueueFeeder } from "../queue/queue-handler";
import { readSettings } from "../settings/read-settings";
import { scheduleOf } from "./schedule-of";

const AT_ONCE = 50;
const EVERY_MILLISECONDS = 5_000;
/** Of a server that was away for years. */
const MOST_MISSED = 100;

/** Puts reports that are due into the queue; each due time once, whichever server looks. */
export const scheduleFeeder: QueueFeeder = {
  everyMilliseconds: EVERY_MILLISECONDS,
  feed: () => feedSchedules(Date.now()),
};

/** Looks once, at an instant in epoch milliseconds. True when there may be more at once. */
export async function feedSchedules(now: number): Promise<boolean> {
  const { timeZone } = await readSettings();
  const due = await listDueSchedules(new Date(now), timeZone, AT_ONCE);
  for (const { companyId, scheduleId } of due) {
    const scope = operatorScope(companyId);
    await writeWithin(scope, (tx) => advance(tx, scope, scheduleId, { now, portalZone: timeZone }));
  }
  return due.length === AT_ONCE;
}

/** The row's lock lets one server at a time through; the next one finds it no longer due. */
async function advance(
  tx: Transaction,
  scope: CompanyWriteScope,
  scheduleId: number,
  { now, portalZone }: { now: number; portalZone: string },
): Promise<void> {
  const row = await lockSchedule(tx, scope, scheduleId);
  const company = await findCompany(tx, scope);
  if (!row?.nextDueAt || !company) return;
  const zone = ianaZone(company.timeZone ?? portalZone);
  const first = row.nextDueAt.getTime();
  if (first > now) {
    const wasAhead = isTooFar(row, now);
    if (row.dueZone === zone && !wasAhead) return;
    if (wasAhead) await deleteMissedRuns(tx, scope, scheduleId, new Date(now));
    return moveOn(tx, scope, row, now, zone);
  }
  const due = dueTimes(row, first, now);
  const latest = due.pop()!;
  for (const missed of due) {
    const times = { dueAt: new Date(missed), finishedAt: new Date(now) };
    await insertRun(tx, scope, { scheduleId, reason: "due", state: "missed", ...times });
  }
  const run = { scheduleId, dueAt: new Date(latest), reason: "due", state: "waiting" };
  const runId = await insertRun(tx, scope, run);
  if (runId !== null) await putEntry(tx, entryOf(scope, runId), new Date());
  await moveOn(tx, scope, row, now, zone);
}

/** Whether a clock that was ahead has chosen the due time. The runs that it has passed over meanwhile are yet to come. */
function isTooFar(row: ScheduleRow, now: number): boolean {
  return row.nextDueAt!.getTime() > nextDueAt(scheduleOf(row), now, ianaZone(row.dueZone));
}

/** The due times from the first up to now, as the zone had them in which they were reckoned; of many the last ones. */
function dueTimes(row: ScheduleRow, first: number, now: number): number[] {
  const zone = ianaZone(row.dueZone);
  const due = [first];
  for (;;) {
    const next = nextDueAt(scheduleOf(row), due.at(-1)!, zone);
    if (next > now) return due;
    due.push(next);
    if (due.length > MOST_MISSED) due.shift();
  }
}

async function moveOn(
  tx: Transaction,
  scope: CompanyWriteScope,
  row: ScheduleRow,
  now: number,
  zone: IanaZone,
): Promise<void> {
  const nextDue = new Date(nextDueAt(scheduleOf(row), now, zone));
  await updateSchedule(tx, scope, row.id, { nextDueAt: nextDue, dueZone: zone });
}

/** The queue's entry of a run. */
export function entryOf({ companyId }: CompanyWriteScope, runId: number) {
  return { companyId, queue: "schedules" as const, key: String(runId) };
}
