import { eq, sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import { companies } from "../../schema/companies";
import type { CompanyWriteScope } from "../../scope";
import { holdAllAlerts } from "../detections/change-alerts";

export type CompanyRow = typeof companies.$inferSelect;
export type CompanyChange = Partial<Omit<CompanyRow, "id" | "createdAt">>;

export async function findCompany(tx: Transaction, scope: CompanyWriteScope): Promise<CompanyRow | null> {
  const [row] = await tx.select().from(companies).where(eq(companies.id, scope.companyId));
  return row ?? null;
}

/** The same, locked until the transaction ends, so that what is decided on it still holds when it is written. */
export async function lockCompany(tx: Transaction, scope: CompanyWriteScope): Promise<CompanyRow | null> {
  const [row] = await tx.select().from(companies).where(eq(companies.id, scope.companyId)).for("update");
  return row ?? null;
}

/**
 * Holds the company's row as it is until the transaction ends: none of its accounts is erased meanwhile. To write an
 * account's name into a record, read it after this. Events are stored all the same.
 */
export async function holdCompany(tx: Transaction, scope: CompanyWriteScope): Promise<void> {
  await tx
    .select({ id: companies.id })
    .from(companies)
    .where(eq(companies.id, scope.companyId))
    .for("key share");
}

/** @throws a unique violation when the new name is taken in any case. */
export async function updateCompany(
  tx: Transaction,
  scope: CompanyWriteScope,
  change: CompanyChange,
): Promise<void> {
  await tx.update(companies).set(change).where(eq(companies.id, scope.companyId));
}

export type CompanyHoldings = {
  events: number;
  accounts: number;
  computers: number;
  sites: number;
  keys: number;
  users: number;
};

/** What would be lost with the company. Events are those of the rollup; the exact test is hasEvents. */
export async function countHoldings(tx: Transaction, scope: CompanyWriteScope): Promise<CompanyHoldings> {
  const [row] = await tx.execute<CompanyHoldings>(sql`
    select
      (select coalesce(sum(count), 0)::float8 from event_counts where company_id = ${scope.companyId}) as events,
      (select count(*)::int from accounts where company_id = ${scope.companyId}) as accounts,
      (select count(*)::int from computers where company_id = ${scope.companyId}) as computers,
      (select count(*)::int from sites where company_id = ${scope.companyId} and deleted_at is null) as sites,
      (select count(*)::int from app_auth_api_keys where company_id = ${scope.companyId} and deleted_at is null) as keys,
      (select count(*)::int from app_auth_user_companies where company_id = ${scope.companyId}) as users`);
  return row!;
}

export async function hasEvents(tx: Transaction, scope: CompanyWriteScope): Promise<boolean> {
  const [row] = await tx.execute<{ found: boolean }>(
    sql`select exists (select 1 from events where company_id = ${scope.companyId}) as found`,
  );
  return row!.found;
}

/** What goes with a company, each table behind those that refer to it. */
export const COMPANY_TABLES: readonly string[] = [
  "presence",
  "event_counts",
  "computers",
  "accounts",
  "report_schedules",
  "saved_views",
  "notification_channels",
  "notification_reads",
  "notifications",
  "queue_entries",
  "alerts",
  "detection_backtests",
  "detection_cursors",
  "detection_exceptions",
  "detection_settings",
  "detection_states",
  "calendar_holidays",
  "company_calendars",
  "app_auth_user_companies",
  "app_auth_api_keys",
  "sites",
];

/**
 * Removes the company with its sites, keys and memberships. @throws a foreign-key violation while events remain.
 *
 * Table by table, as on Citus no foreign key leads from tables of the coordinator to the company.
 */
export async function deleteCompanyRows(tx: Transaction, scope: CompanyWriteScope): Promise<void> {
  await holdAllAlerts(tx, scope);
  for (const table of COMPANY_TABLES) {
    await tx.execute(sql`delete from ${sql.identifier(table)} where company_id = ${scope.companyId}`);
  }
  await tx.delete(companies).where(eq(companies.id, scope.companyId));
}
