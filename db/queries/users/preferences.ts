import { eq } from "drizzle-orm";
import type { Transaction } from "../../client";
import { users } from "../../schema/users";

/** Stores a user's own time zone (IANA, null follows company and portal), theme and language (null follows the browser). */
export async function storePreferences(
  tx: Transaction,
  userId: number,
  preferences: { timeZone?: string | null; theme?: string | null; language?: string | null },
): Promise<void> {
  await tx.update(users).set(preferences).where(eq(users.id, userId));
}
