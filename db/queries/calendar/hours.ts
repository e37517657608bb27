import { and, eq, isNull, sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";
import { companyCalendars } from "../../schema/company-calendar";
import { sites } from "../../schema/companies";

export type HoursRow = Pick<
  typeof companyCalendars.$inferSelect,
  "siteId" | "timeZone" | "hours" | "graceMinutes"
>;

/** The hours of the company and of sites that are not deleted. */
export function listHours(tx: Transaction, { companyId }: CompanyWriteScope): Promise<HoursRow[]> {
  const { siteId, timeZone, hours, graceMinutes } = companyCalendars;
  return tx
    .select({ siteId, timeZone, hours, graceMinutes })
    .from(companyCalendars)
    .leftJoin(sites, and(eq(sites.companyId, companyCalendars.companyId), eq(sites.id, siteId)))
    .where(and(eq(companyCalendars.companyId, companyId), isNull(sites.deletedAt)));
}

export async function writeHours(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  { siteId, timeZone, hours, graceMinutes }: HoursRow,
): Promise<void> {
  await tx
    .insert(companyCalendars)
    .values({ companyId, siteId, timeZone, hours, graceMinutes })
    .onConflictDoUpdate({
      target: [companyCalendars.companyId, companyCalendars.siteId],
      set: { timeZone, hours, graceMinutes, updatedAt: sql`now()` },
    });
}

/** The hours that were deleted, or null when there were none. */
export async function deleteHours(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  siteId: number | null,
): Promise<HoursRow | null> {
  const place = siteId === null ? isNull(companyCalendars.siteId) : eq(companyCalendars.siteId, siteId);
  const [row] = await tx
    .delete(companyCalendars)
    .where(and(eq(companyCalendars.companyId, companyId), place))
    .returning();
  return row ?? null;
}
