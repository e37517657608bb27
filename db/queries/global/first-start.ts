import { sql } from "drizzle-orm";
import type { Database, Transaction } from "../../client";
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

/** The hash of an active user's password while no one has ever signed in; otherwise null. */
export async function findUnusedPassword(db: Database, username: string): Promise<string | null> {
  const [row] = await db.execute<{ password: string }>(sql`
    select password from app_auth_users
    where login_key(username) = login_key(${username}) and is_active
      and not exists (select from app_auth_users where last_sign_in_at is not null)`);
  return row?.password ?? null;
}
