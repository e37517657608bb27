import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";
import { alertHistory } from "../../schema/detections";
import { pgArray } from "../pg-array";

export interface LockedAlert extends Record<string, unknown> {
  id: number;
  rule: string;
  state: string;
  subjectKey: string;
  accountId: number | null;
  computerId: number | null;
  siteId: number | null;
  address: string | null;
  assigneeUserId: number | null;
  /** That user's name. */
  assignee: string | null;
}

const lockedSql = sql`id, rule, state, subject_key as "subjectKey", account_id as "accountId",
  computer_id as "computerId", site_id as "siteId", address, assignee_user_id as "assigneeUserId",
  (select u.username from app_auth_users u where u.id = alerts.assignee_user_id) as assignee`;

/** Those of the alerts that there are, held for the rest of the transaction. */
export async function lockAlerts(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  ids: readonly number[],
): Promise<LockedAlert[]> {
  const rows = await tx.execute<LockedAlert>(sql`
    select ${lockedSql} from alerts
    where company_id = ${companyId} and id = any(${pgArray(ids)}::int[]) order by id for update`);
  return [...rows];
}

/** The alerts that aren't closed and are assigned to one of the users, held for the rest of the transaction. */
export async function lockAssignedAlerts(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  userIds: readonly number[],
): Promise<LockedAlert[]> {
  const rows = await tx.execute<LockedAlert>(sql`
    select ${lockedSql} from alerts
    where company_id = ${companyId} and assignee_user_id = any(${pgArray(userIds)}::int[])
      and state not like 'closed-%' order by id for update`);
  return [...rows];
}

/** To whom those of the alerts that are closed are assigned: user ids, each once. */
export async function listClosedAssignees(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  ids: readonly number[],
): Promise<number[]> {
  const rows = await tx.execute<{ userId: number }>(sql`
    select distinct assignee_user_id as "userId" from alerts
    where company_id = ${companyId} and id = any(${pgArray(ids)}::int[]) and state like 'closed-%'
      and assignee_user_id is not null`);
  return rows.map(({ userId }) => userId);
}

/** Holds all of the company's alerts, before they are deleted. */
export async function holdAllAlerts(tx: Transaction, { companyId }: CompanyWriteScope): Promise<void> {
  await tx.execute(sql`select id from alerts where company_id = ${companyId} order by id for update`);
}

/** Holds all alerts, also closed ones, that are assigned to the user or name the user in their history. */
export async function holdAlertsOf(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  userId: number,
): Promise<void> {
  await tx.execute(sql`
    select n.id from alerts n where n.company_id = ${companyId} and (n.assignee_user_id = ${userId} or n.id in (
      select h.alert_id from alert_history h where h.company_id = ${companyId} and h.user_id = ${userId}))
    order by n.id for update`);
}

export async function setAlertStates(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  ids: readonly number[],
  state: string,
): Promise<void> {
  await tx.execute(sql`
    update alerts set state = ${state} where company_id = ${companyId} and id = any(${pgArray(ids)}::int[])`);
}

export async function setAlertAssignees(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  ids: readonly number[],
  userId: number | null,
): Promise<void> {
  await tx.execute(sql`
    update alerts set assignee_user_id = ${userId}
    where company_id = ${companyId} and id = any(${pgArray(ids)}::int[])`);
}

export type AlertHistoryEntry = Omit<typeof alertHistory.$inferInsert, "companyId" | "id" | "at">;

export async function insertAlertHistory(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  rows: readonly AlertHistoryEntry[],
): Promise<void> {
  if (rows.length > 0) await tx.insert(alertHistory).values(rows.map((row) => ({ ...row, companyId })));
}
