import { asc, eq } from "drizzle-orm";
import { database, type Transaction } from "../../client";
import { lookUp } from "../../look-up";
import { allowedDomains, settings } from "../../schema/settings";

export type SettingsRow = typeof settings.$inferSelect;

/** The one row of portal-wide settings, made by the first start. */
export async function findSettings(): Promise<SettingsRow> {
  const [row] = await lookUp(async (db) => db.select().from(settings).where(eq(settings.id, 1)));
  if (!row) throw new Error("The settings row is missing; the first start makes it.");
  return row;
}

/** The settings row, locked until the transaction ends. */
export async function lockSettings(tx: Transaction): Promise<SettingsRow> {
  const [row] = await tx.select().from(settings).where(eq(settings.id, 1)).for("update");
  if (!row) throw new Error("The settings row is missing; the first start makes it.");
  return row;
}

export async function updateSettingsRow(tx: Transaction, change: Partial<SettingsRow>): Promise<void> {
  await tx
    .update(settings)
    .set({ ...change, updatedAt: new Date() })
    .where(eq(settings.id, 1));
}

export async function listDomains(): Promise<{ id: number; domain: string }[]> {
  return database().select().from(allowedDomains).orderBy(asc(allowedDomains.domain));
}

/** @throws a unique violation when the domain is listed already. */
export async function insertDomain(tx: Transaction, domain: string): Promise<number> {
  const [row] = await tx.insert(allowedDomains).values({ domain }).returning({ id: allowedDomains.id });
  return row!.id;
}

/** The domain that was removed, or null when there was none of this id. */
export async function deleteDomain(tx: Transaction, id: number): Promise<string | null> {
  const [row] = await tx
    .delete(allowedDomains)
    .where(eq(allowedDomains.id, id))
    .returning({ domain: allowedDomains.domain });
  return row?.domain ?? null;
}
