import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import { memberships, users } from "../../schema/users";
import { settings } from "../../schema/settings";

/** True while no user and no company exists. */
export async function isEmptyInstallation(tx: Transaction): Promise<boolean> {
  const [row] = await tx.execute<{ empty: boolean }>(
    sql`select not exists (select from app_auth_users) and not exists (select from app_auth_companies) as empty`,
  );
  return row?.empty === true;
}

export async function ensureSettings(tx: Transaction): Promise<void> {
  await tx.insert(settings).values({ id: 1 }).onConflictDoNothing();
}

export async function insertFirstAdministrator(
  tx: Transaction,
  admin: {
    username: string;
    email: string;
    password: string;
    mustChangePassword: boolean;
    companyId: number;
  },
): Promise<void> {
  const { companyId, ...columns } = admin;
  const [user] = await tx
    .insert(users)
    .values({ ...columns, role: "GlobalAdmin", isActive: true })
    .returning({ id: users.id });
  await tx.insert(memberships).values({ userId: user!.id, companyId, role: "CompanyAdmin" });
}
