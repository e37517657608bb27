import type { z } from "zod";
import { findCompanyNames } from "@/db/queries/global/companies";
import {
  deleteMembership,
  findUserIdByName,
  findUsers,
  putMembership,
  updateUser,
  type UserRecord,
} from "@/db/queries/global/users";
import { operatorScope } from "@/db/scope";
import type { Actor } from "@/lib/domain/actor";
import { can } from "@/lib/domain/permissions";
import { AppError, type FieldProblem } from "@/lib/errors";
import { AccessDenied, assertCan } from "../access/denied";
import type { CompanyContext, ServiceContext } from "../context";
import { recordUnassigned, unassignWhereLost } from "../detections/unassign-leavers";
import { sourceFor, tellRoleChanged } from "../mail/security-notices";
import { forgetAddress, forgetAddressWhereLost } from "../notifications/forget-address";
import { tellAdministrator, tellGlobalRole, tellNewAdmin } from "../notifications/tell-users";
import { administer, assertMayLose, type Administration } from "./administer";
import { recordUserChange } from "./record-user-change";
import type {
  globalRoleInput,
  membershipInput,
  membershipRemovalInput,
  memberToAddInput,
} from "./user-input";

/**
 * Gives a global role. A user who gets a lower one leaves the mail channels of the portal and of companies whose
 * notifications they may no longer read, and the alerts that they may no longer manage.
 *
 * @throws AppError `conflict` for oneself and for the last active GlobalAdmin.
 */
export async function setGlobalRole(
  context: ServiceContext,
  { userId, role }: z.output<typeof globalRoleInput>,
): Promise<void> {
  await administer(context, "user:set-global-role", [userId], async (administration) => {
    const { tx, actor, targets } = administration;
    const user = targets[0]!;
    if (role === undefined || user.globalRole === role) return;
    if (user.globalRole === "GlobalAdmin") assertMayLose(administration, user, "demote");
    assertCan(actor, "user:set-global-role", { user, role });
    await updateUser(tx, userId, { role });
    const after = { ...user, globalRole: role };
    const unassigned = await unassignWhereLost(tx, context, [{ user, after }]);
    await forgetAddressWhereLost(tx, context, user, after);
    await recordUnassigned(tx, context, unassigned);
    await recordUserChange(tx, context, {
      action: "user.set-global-role",
      user,
      diff: { before: { globalRole: user.globalRole }, after: { globalRole: role } },
    });
    await tellGlobalRole(tx, user, { role, before: user.globalRole }, context.audit.actorName);
    await tellNewAdmin(tx, user, role, context.audit.actorName);
    const change = { company: null, before: user.globalRole, after: role };
    await tellRoleChanged(tx, user, change, sourceFor(userId, context));
  });
}

type Membership = Omit<z.output<typeof membershipInput>, "isNew"> & { isNew?: boolean };

/**
 * Gives a user a role in a company, as a new member or in place of the present one. One who no longer administers the
 * company leaves its mail channels and alerts. @throws AppError `conflict` for a new member who is one already.
 */
export async function setMembership(
  context: ServiceContext,
  { userId, memberCompanyId: companyId, role, isNew }: Membership,
): Promise<void> {
  await administer(context, "membership:set-role", [userId], (administration) =>
    putMember(context, administration, { companyId, role, isNew }),
  );
}

async function putMember(
  context: ServiceContext,
  { tx, actor, targets }: Administration,
  { companyId, role, isNew }: { companyId: number; role: string; isNew?: boolean | undefined },
): Promise<void> {
  const user = targets[0]!;
  const name = await companyNameInReach(tx, actor, companyId);
  const present = user.memberships.find((membership) => membership.companyId === companyId);
  if (present && isNew) throw alreadyMember(user);
  if (present?.role === role) return;
  assertCan(actor, "membership:set-role", { user, companyId, role });
  await putMembership(tx, { userId: user.userId, companyId, role });
  const memberships = user.memberships.map((one) => (one === present ? { ...one, role } : one));
  const after = { ...user, memberships };
  const unassigned = present ? await unassignWhereLost(tx, context, [{ user, after }]) : [];
  await forgetAddressWhereLost(tx, context, user, after);
  await recordUnassigned(tx, context, unassigned);
  await recordUserChange(tx, context, {
    action: present ? "membership.set-role" : "membership.add",
    user,
    companyId,
    diff: { before: present ? { role: present.role } : null, after: { company: name, role } },
  });
  const membership = { companyId, role, before: present?.role };
  await tellAdministrator(tx, user, membership, context.audit.actorName);
  const change = { company: name, before: present?.role ?? null, after: role };
  await tellRoleChanged(tx, user, change, sourceFor(user.userId, context));
}

/** @throws AccessDenied `not_found` for a company that does not exist or that the actor may not see. */
async function companyNameInReach(
  tx: Administration["tx"],
  actor: Actor,
  companyId: number,
): Promise<string> {
  const name = can(actor, "events:read", { companyId })
    ? (await findCompanyNames(tx, [companyId])).get(companyId)
    : undefined;
  if (name !== undefined) return name;
  const attempt = { action: "membership:set-role", companyId: null, targetType: "company" };
  throw new AccessDenied("not_found", { ...attempt, targetId: companyId });
}

/**
 * Adds an existing user to the company, found by exact username or email address.
 *
 * A user that the actor may not list gets the same answer as one that does not exist.
 * @throws AppError `invalid` when there is none, `conflict` when they are a member already.
 */
export async function addMember(
  context: CompanyContext,
  { name, role }: z.output<typeof memberToAddInput>,
): Promise<{ username: string }> {
  const companyId = context.scope.companyId;
  const userId = await findUserIdByName(name);
  const [seen] = userId === null ? [] : await findUsers([userId]);
  if (!seen || !can(context.actor, "user:list", seen)) throw noSuchUser(name);
  if (seen.memberships.some((membership) => membership.companyId === companyId)) {
    throw alreadyMember(seen, [{ field: "name", message: { key: "errors.alreadyMemberField" } }]);
  }
  await administer(context, "membership:set-role", [seen.userId], (administration) =>
    putMember(context, administration, { companyId, role, isNew: true }),
  );
  return { username: seen.username };
}

function alreadyMember({ username }: UserRecord, fields: FieldProblem[] = []): AppError {
  return new AppError("conflict", { key: "errors.alreadyMember", values: { username } }, fields);
}

function noSuchUser(name: string): AppError {
  return new AppError("invalid", { key: "errors.noUserToAdd", values: { name } }, [
    { field: "name", message: { key: "errors.noUserToAddField" } },
  ]);
}

/** Takes a user out of a company, off its alerts, and the address out of its notification channels; the account stays. */
export async function removeMembership(
  context: ServiceContext,
  { userId, memberCompanyId: companyId }: z.output<typeof membershipRemovalInput>,
): Promise<void> {
  await administer(context, "membership:remove", [userId], async ({ tx, actor, targets }) => {
    const user = targets[0] as UserRecord;
    await companyNameInReach(tx, actor, companyId);
    const present = user.memberships.find((membership) => membership.companyId === companyId);
    if (!present) throw new AppError("not_found", { key: "errors.notMember" });
    assertCan(actor, "membership:remove", { user, companyId });
    await deleteMembership(tx, userId, companyId);
    const memberships = user.memberships.filter((membership) => membership !== present);
    const unassigned = await unassignWhereLost(tx, context, [{ user, after: { ...user, memberships } }]);
    // A GlobalAdmin goes on seeing every company.
    if (user.globalRole !== "GlobalAdmin") {
      await forgetAddress(tx, context, operatorScope(companyId), user.email);
    }
    await recordUnassigned(tx, context, unassigned);
    await recordUserChange(tx, context, {
      action: "membership.remove",
      user,
      companyId,
      diff: { before: { company: present.companyName, role: present.role } },
    });
    const change = { company: present.companyName, before: present.role, after: null };
    await tellRoleChanged(tx, user, change, sourceFor(userId, context));
  });
}
