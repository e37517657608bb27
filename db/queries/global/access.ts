import { asc, eq } from "drizzle-orm";
import { database } from "../../client";
import { companies } from "../../schema/companies";
import { memberships, users } from "../../schema/users";

/**
 * A user's role, memberships and visible companies (by name), read fresh; null when unknown or inactive.
 *
 * A GlobalAdmin sees every company, everybody else those of their memberships.
 */
export async function findAccess(userId: number) {
  const [[user], rows] = await Promise.all([
    database()
      .select({ id: users.id, role: users.role, isActive: users.isActive })
      .from(users)
      .where(eq(users.id, userId)),
    database()
      .select({ companyId: memberships.companyId, role: memberships.role })
      .from(memberships)
      .where(eq(memberships.userId, userId)),
  ]);
  if (!user?.isActive) return null;
  const columns = { id: companies.id, name: companies.name, timeZone: companies.timeZone };
  const visible =
    user.role === "GlobalAdmin"
      ? await database().select(columns).from(companies).orderBy(asc(companies.name))
      : await database()
          .select(columns)
          .from(companies)
          .innerJoin(memberships, eq(memberships.companyId, companies.id))
          .where(eq(memberships.userId, userId))
          .orderBy(asc(companies.name));
  return { actor: { userId: user.id, globalRole: user.role, memberships: rows }, companies: visible };
}
