import type { Transaction } from "@/db/client";
import type { UserRecord } from "@/db/queries/global/users";
import { operatorScope, portalScope } from "@/db/scope";
import { notify } from "./notify";

type Person = Pick<UserRecord, "userId" | "username">;

const RANK: Readonly<Record<string, number>> = { User: 0, Admin: 1, GlobalAdmin: 2 };

/** Whether the membership makes an administrator of the company: by its role, or because the person is an Admin anyway. */
function administersAs(role: string, globalRole: string): boolean {
  return role === "CompanyAdmin" || globalRole === "Admin";
}

/** Tells a company of a new administrator. Nothing if the role didn't change to administrator. */
export async function tellAdministrator(
  tx: Transaction,
  user: Person & { globalRole: string },
  { companyId, role, before }: { companyId: number; role: string; before?: string | undefined },
  by: string | null,
): Promise<void> {
  const wasOne = before !== undefined && administersAs(before, user.globalRole);
  if (wasOne || !administersAs(role, user.globalRole)) return;
  const params = { userId: user.userId, username: user.username, by };
  await notify(tx, operatorScope(companyId), "member.admin-added", params);
}

/** Tells the companies of a person whose global role makes a new administrator of them; not where the person was one before. */
export async function tellNewAdmin(
  tx: Transaction,
  { userId, username, globalRole, memberships }: Person & Pick<UserRecord, "globalRole" | "memberships">,
  role: string,
  by: string | null,
): Promise<void> {
  // A GlobalAdmin administered every company.
  if (globalRole === "GlobalAdmin") return;
  for (const membership of memberships) {
    const isNew = !administersAs(membership.role, globalRole) && administersAs(membership.role, role);
    const params = { userId, username, by };
    if (isNew) await notify(tx, operatorScope(membership.companyId), "member.admin-added", params);
  }
}

/** Tells the portal of a higher global role; nothing of the same or a lower one. */
export async function tellGlobalRole(
  tx: Transaction,
  { userId, username }: Person,
  { role, before }: { role: string; before: string },
  by: string | null,
): Promise<void> {
  if ((RANK[role] ?? 0) <= (RANK[before] ?? 0)) return;
  await notify(tx, portalScope(), "user.role-raised", { userId, username, by, role });
}

/**
 * Tells every company of the person that the second step is off, and the portal when the person has a global role or
 * belongs to no company.
 */
export async function tellMfaOff(
  tx: Transaction,
  { userId, username, globalRole, memberships }: Person & Pick<UserRecord, "globalRole" | "memberships">,
  by: string | null,
): Promise<void> {
  const params = { userId, username, by };
  for (const { companyId } of memberships) {
    await notify(tx, operatorScope(companyId), "member.mfa-off", params);
  }
  if (globalRole !== "User" || memberships.length === 0) {
    await notify(tx, portalScope(), "user.mfa-off", params);
  }
}
