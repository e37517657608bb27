import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import { pgArray } from "../pg-array";

/** The companies in which alerts that aren't closed are assigned to one of the users, by number. Unscoped: for the administration of users. */
export async function listCompaniesAssigned(tx: Transaction, userIds: readonly number[]): Promise<number[]> {
  const rows = await tx.execute<{ companyId: number }>(sql`
    select distinct company_id as "companyId" from alerts
    where assignee_user_id = any(${pgArray(userIds)}::int[]) and state not like 'closed-%' order by 1`);
  return rows.map(({ companyId }) => companyId);
}

/** The companies with alerts, also closed ones, that are assigned to the user or name the user in their history, by number. Unscoped, as above. */
export async function listCompaniesNaming(tx: Transaction, userId: number): Promise<number[]> {
  const rows = await tx.execute<{ companyId: number }>(sql`
    select company_id as "companyId" from alerts where assignee_user_id = ${userId}
    union select company_id from alert_history where user_id = ${userId} order by 1`);
  return rows.map(({ companyId }) => companyId);
}
