import { and, asc, eq } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";
import { calendarExemptions, calendarHolidays } from "../../schema/company-calendar";

export type HolidayRow = typeof calendarHolidays.$inferSelect;
export type ExemptionRow = typeof calendarExemptions.$inferSelect;

/** By their first day. */
export function listHolidays(tx: Transaction, { companyId }: CompanyWriteScope): Promise<HolidayRow[]> {
  return tx
    .select()
    .from(calendarHolidays)
    .where(eq(calendarHolidays.companyId, companyId))
    .orderBy(asc(calendarHolidays.firstDay), asc(calendarHolidays.id));
}

export async function insertHoliday(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  { siteId, name, firstDay, lastDay, isYearly }: Omit<HolidayRow, "companyId" | "id">,
): Promise<number> {
  const [row] = await tx
    .insert(calendarHolidays)
    .values({ companyId, siteId, name, firstDay, lastDay, isYearly })
    .returning({ id: calendarHolidays.id });
  return row!.id;
}

/** The holiday that was deleted, or null when there is none. */
export async function deleteHoliday(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  id: number,
): Promise<HolidayRow | null> {
  const [row] = await tx
    .delete(calendarHolidays)
    .where(and(eq(calendarHolidays.companyId, companyId), eq(calendarHolidays.id, id)))
    .returning();
  return row ?? null;
}

export function listExemptions(tx: Transaction, { companyId }: CompanyWriteScope): Promise<ExemptionRow[]> {
  return tx
    .select()
    .from(calendarExemptions)
    .where(eq(calendarExemptions.companyId, companyId))
    .orderBy(calendarExemptions.id);
}

export async function insertExemption(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  row: Pick<ExemptionRow, "accountId" | "reason" | "endsAt" | "createdByUserId">,
): Promise<number> {
  const [written] = await tx
    .insert(calendarExemptions)
    .values({ ...row, companyId })
    .returning({ id: calendarExemptions.id });
  return written!.id;
}

/** The exemption that was deleted, or null when there is none. */
export async function deleteExemption(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  id: number,
): Promise<ExemptionRow | null> {
  const [row] = await tx
    .delete(calendarExemptions)
    .where(and(eq(calendarExemptions.companyId, companyId), eq(calendarExemptions.id, id)))
    .returning();
  return row ?? null;
}
