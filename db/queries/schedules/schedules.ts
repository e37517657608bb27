import { and, asc, desc, eq, getTableColumns, gt, inArray, sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import { reportRuns, reportSchedules } from "../../schema/report-schedules";
import type { CompanyWriteScope } from "../../scope";

export type ScheduleRow = typeof reportSchedules.$inferSelect;
export type ScheduleChangeRow = Partial<Omit<typeof reportSchedules.$inferInsert, "companyId" | "id">>;
export type NewScheduleRow = Omit<typeof reportSchedules.$inferInsert, "companyId" | "id">;
export type RunRow = typeof reportRuns.$inferSelect;
export type RunChangeRow = Partial<Omit<typeof reportRuns.$inferInsert, "companyId" | "id">>;
export type NewRunRow = Omit<typeof reportRuns.$inferInsert, "companyId" | "id">;

/** The owner's name as it is now, as long as there is one. */
const columns = {
  ...getTableColumns(reportSchedules),
  ownerName: sql<string>`coalesce(
    (select u.username from app_auth_users u where u.id = ${reportSchedules.ownerUserId}), ${reportSchedules.ownerName})`,
};

const one = ({ companyId }: CompanyWriteScope, id: number) =>
  and(eq(reportSchedules.companyId, companyId), eq(reportSchedules.id, id));

export async function insertSchedule(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  row: NewScheduleRow,
): Promise<number> {
  const [made] = await tx
    .insert(reportSchedules)
    .values({ companyId, ...row })
    .returning({ id: reportSchedules.id });
  return made!.id;
}

/** Every schedule of the company, by the view's name. */
export function listSchedules(tx: Transaction, { companyId }: CompanyWriteScope): Promise<ScheduleRow[]> {
  return tx
    .select(columns)
    .from(reportSchedules)
    .where(eq(reportSchedules.companyId, companyId))
    .orderBy(sql`lower(${reportSchedules.viewName})`, asc(reportSchedules.id));
}

/** Those of the company, or of one owner there. */
export function countSchedules(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  ownerUserId?: number,
): Promise<number> {
  const ofOwner = ownerUserId === undefined ? undefined : eq(reportSchedules.ownerUserId, ownerUserId);
  return tx.$count(reportSchedules, and(eq(reportSchedules.companyId, companyId), ofOwner));
}

export async function findSchedule(
  tx: Transaction,
  scope: CompanyWriteScope,
  id: number,
): Promise<ScheduleRow | null> {
  const [row] = await tx.select(columns).from(reportSchedules).where(one(scope, id));
  return row ?? null;
}

/** Locked until the transaction ends. */
export async function lockSchedule(
  tx: Transaction,
  scope: CompanyWriteScope,
  id: number,
): Promise<ScheduleRow | null> {
  const [row] = await tx.select(columns).from(reportSchedules).where(one(scope, id)).for("update");
  return row ?? null;
}

export async function updateSchedule(
  tx: Transaction,
  scope: CompanyWriteScope,
  id: number,
  change: ScheduleChangeRow,
): Promise<void> {
  await tx.update(reportSchedules).set(change).where(one(scope, id));
}

/** With their runs. */
export async function deleteSchedules(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  ids: readonly number[],
): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .delete(reportSchedules)
    .where(and(eq(reportSchedules.companyId, companyId), inArray(reportSchedules.id, [...ids])));
}

/** Those that send these views, locked until the transaction ends. */
export async function lockSchedulesOfViews(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  viewIds: readonly number[],
): Promise<ScheduleRow[]> {
  if (viewIds.length === 0) return [];
  return tx
    .select(columns)
    .from(reportSchedules)
    .where(and(eq(reportSchedules.companyId, companyId), inArray(reportSchedules.viewId, [...viewIds])))
    .orderBy(asc(reportSchedules.id))
    .for("update");
}

const oneRun = ({ companyId }: CompanyWriteScope, id: number) =>
  and(eq(reportRuns.companyId, companyId), eq(reportRuns.id, id));

/** null when the schedule has a run of that due time already. */
export async function insertRun(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  row: NewRunRow,
): Promise<number | null> {
  const [made] = await tx
    .insert(reportRuns)
    .values({ companyId, ...row })
    .onConflictDoNothing()
    .returning({ id: reportRuns.id });
  return made?.id ?? null;
}

/** Deletes the runs of a schedule that are noted as missed, though they are due after the instant. */
export async function deleteMissedRuns(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  scheduleId: number,
  after: Date,
): Promise<void> {
  await tx
    .delete(reportRuns)
    .where(
      and(
        eq(reportRuns.companyId, companyId),
        eq(reportRuns.scheduleId, scheduleId),
        eq(reportRuns.state, "missed"),
        gt(reportRuns.dueAt, after),
      ),
    );
}

export async function findRun(tx: Transaction, scope: CompanyWriteScope, id: number): Promise<RunRow | null> {
  const [row] = await tx.select().from(reportRuns).where(oneRun(scope, id));
  return row ?? null;
}

export async function updateRun(
  tx: Transaction,
  scope: CompanyWriteScope,
  id: number,
  change: RunChangeRow,
): Promise<void> {
  await tx.update(reportRuns).set(change).where(oneRun(scope, id));
}

/** A schedule's runs, the newest first, before the due time of an earlier page. */
export function listRuns(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  scheduleId: number,
  { before, limit }: { before: Date | null; limit: number },
): Promise<RunRow[]> {
  return tx
    .select()
    .from(reportRuns)
    .where(
      and(
        eq(reportRuns.companyId, companyId),
        eq(reportRuns.scheduleId, scheduleId),
        before ? sql`${reportRuns.dueAt} < ${before.toISOString()}` : undefined,
      ),
    )
    .orderBy(desc(reportRuns.dueAt))
    .limit(limit);
}

/** The newest run of each schedule that has one. */
export function listLastRuns(tx: Transaction, { companyId }: CompanyWriteScope): Promise<RunRow[]> {
  return tx
    .selectDistinctOn([reportRuns.scheduleId])
    .from(reportRuns)
    .where(eq(reportRuns.companyId, companyId))
    .orderBy(asc(reportRuns.scheduleId), desc(reportRuns.dueAt));
}

const waitingOf = ({ companyId }: CompanyWriteScope, scheduleId: number) =>
  and(
    eq(reportRuns.companyId, companyId),
    eq(reportRuns.scheduleId, scheduleId),
    eq(reportRuns.state, "waiting"),
  );

/** Whether a report of the schedule is on its way. */
export async function hasWaitingRun(
  tx: Transaction,
  scope: CompanyWriteScope,
  scheduleId: number,
): Promise<boolean> {
  return (await tx.$count(reportRuns, waitingOf(scope, scheduleId))) > 0;
}

/** The waiting runs that were due, without those that a user requested. */
export async function listWaitingDueRuns(
  tx: Transaction,
  scope: CompanyWriteScope,
  scheduleId: number,
): Promise<{ id: number }[]> {
  return tx
    .select({ id: reportRuns.id })
    .from(reportRuns)
    .where(and(waitingOf(scope, scheduleId), eq(reportRuns.reason, "due")));
}
