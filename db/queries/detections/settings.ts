import { and, eq, sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";
import { detectionExceptions, detectionSettings } from "../../schema/detections";

export interface StoredRule {
  rule: string;
  isOn: boolean;
  values: unknown;
}

/** What the company has chosen; rules with their defaults are not among it. */
export function listRuleSettings(tx: Transaction, { companyId }: CompanyWriteScope): Promise<StoredRule[]> {
  const { rule, isOn, values } = detectionSettings;
  return tx
    .select({ rule, isOn, values })
    .from(detectionSettings)
    .where(eq(detectionSettings.companyId, companyId));
}

export async function writeRuleSettings(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  { rule, isOn, values }: StoredRule,
): Promise<void> {
  await tx
    .insert(detectionSettings)
    .values({ companyId, rule, isOn, values })
    .onConflictDoUpdate({
      target: [detectionSettings.companyId, detectionSettings.rule],
      set: { isOn, values, updatedAt: sql`now()` },
    });
}

export type ExceptionRow = typeof detectionExceptions.$inferSelect;

export function listExceptions(tx: Transaction, { companyId }: CompanyWriteScope): Promise<ExceptionRow[]> {
  return tx
    .select()
    .from(detectionExceptions)
    .where(eq(detectionExceptions.companyId, companyId))
    .orderBy(detectionExceptions.id);
}

export async function insertException(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  row: Omit<typeof detectionExceptions.$inferInsert, "companyId" | "id">,
): Promise<number> {
  const [written] = await tx
    .insert(detectionExceptions)
    .values({ ...row, companyId })
    .returning({ id: detectionExceptions.id });
  return written!.id;
}

/** The exception that was deleted, or null when there is none. */
export async function deleteException(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  id: number,
): Promise<ExceptionRow | null> {
  const [row] = await tx
    .delete(detectionExceptions)
    .where(and(eq(detectionExceptions.companyId, companyId), eq(detectionExceptions.id, id)))
    .returning();
  return row ?? null;
}
