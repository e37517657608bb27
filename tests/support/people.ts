import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { database } from "@/db/client";
import { findAccess } from "@/db/queries/global/access";
import { insertUser, putMembership, updateUser } from "@/db/queries/global/users";
import { ensureSettings } from "@/db/queries/global/first-start";
import type { CompanyContext, ServiceContext } from "@/lib/services/context";
import type { TestCompany } from "./stored-events";

const unique = () => randomBytes(5).toString("hex");

export interface Person {
  id: number;
  username: string;
}

/** An active user without a usable password. */
export async function makeUser(
  globalRole: string,
  memberships: readonly { companyId: number; role: string }[] = [],
): Promise<Person> {
  const username = `${globalRole.toLowerCase()}-${unique()}`;
  const user = {
    username,
    email: `${username}@example.com`,
    password: "none",
    role: globalRole,
    isActive: true,
  };
  const id = await database().transaction(async (tx) => {
    await ensureSettings(tx);
    const userId = await insertUser(tx, { ...user, mustChangePassword: false, mfaRequired: null });
    for (const membership of memberships) await putMembership(tx, { userId, ...membership });
    return userId;
  });
  return { id, username };
}

/** What a request of this person would hand to a service, read from the database now. */
export async function contextOf({ id, username }: Person): Promise<ServiceContext> {
  const access = await findAccess(id);
  if (!access) throw new Error(`${username} is not active`);
  return { actor: access.actor, audit: { actorUserId: id, actorName: username, address: "192.0.2.1" } };
}

/** What a request of a new user with this role in the company would hand to a service. */
export async function contextIn({ companyId, scope }: TestCompany, role: string): Promise<CompanyContext> {
  return { ...(await contextOf(await makeUser("User", [{ companyId, role }]))), scope };
}

/** Leaves no GlobalAdmins active but these: for suites with a database of their own. */
export async function deactivateOtherGlobalAdmins(keep: readonly Person[]): Promise<void> {
  const rows = await database().execute<{ id: number }>(
    sql`select id from app_auth_users where role = 'GlobalAdmin' and is_active`,
  );
  await database().transaction(async (tx) => {
    for (const { id } of rows) {
      if (!keep.some((person) => person.id === id)) await updateUser(tx, id, { isActive: false });
    }
  });
}
