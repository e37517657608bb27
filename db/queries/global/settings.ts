import { eq } from "drizzle-orm";
import { database } from "../../client";
import { settings } from "../../schema/settings";

export type SettingsRow = typeof settings.$inferSelect;

/** The one row of portal-wide settings, made by the first start. */
export async function findSettings(): Promise<SettingsRow> {
  const [row] = await database().select().from(settings).where(eq(settings.id, 1));
  if (!row) throw new Error("The settings row is missing; the first start makes it.");
  return row;
}
