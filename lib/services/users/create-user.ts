import { randomInt } from "node:crypto";
import type { z } from "zod";
import type { Transaction } from "@/db/client";
import { findCompanyNames } from "@/db/queries/global/companies";
import { insertUser, putMembership } from "@/db/queries/global/users";
import type { Actor } from "@/lib/domain/actor";
import { can } from "@/lib/domain/permissions";
import { firstUnits } from "@/lib/domain/cut-text";
import { AppError } from "@/lib/errors";
import { AccessDenied, assertCan } from "../access/denied";
import type { ServiceContext } from "../context";
import { tellAdministrator, tellGlobalRole } from "../notifications/tell-users";
import { grantAccess, prepareAccess, type GrantedAccess } from "./grant-access";
import { administer } from "./administer";
import { assertCanInvite, prepareInvitation, sendInvitation } from "./invite-user";
import { membershipsIn, recordUserChange } from "./record-user-change";
import type { newUserInput } from "./user-input";

/** `password` is the operator's own choice, from the command line only: the schema of forms has no such field. */
export type NewUser = z.output<typeof newUserInput> & { password?: string };

export interface CreatedUser extends GrantedAccess {
  userId: number;
  username: string;
  email: string;
  /** When the link of the invitation ends, in epoch milliseconds; null when the user was not invited. */
  invitedUntil: number | null;
}

/**
 * Creates an active user with memberships, and either invites the person by mail or makes a temporary password.
 *
 * @throws AppError `conflict` when username or address is taken or mail is not set up, AccessDenied beyond the actor's
 * reach.
 */
export async function createUser(context: ServiceContext, input: NewUser): Promise<CreatedUser> {
  const { email, globalRole, memberships } = input;
  const isInvited = input.access === "invitation";
  if (isInvited) assertCanInvite();
  const username = usernameFor(context.actor, input.username);
  assertCompaniesInReach(context.actor, memberships);
  const target = { userId: null, globalRole, memberships };
  assertCan(context.actor, "user:create", target);
  const prepared = isInvited
    ? await prepareInvitation(context)
    : await prepareAccess(context, { username, email }, input.password);
  return administer(context, "user:create", [], async ({ tx, actor }) => {
    assertCan(actor, "user:create", target);
    const names = await findCompanyNames(
      tx,
      memberships.map(({ companyId }) => companyId),
    );
    if (names.size < memberships.length) throw new AppError("not_found", { key: "errors.companyNotFound" });
    const userId = await insertUser(tx, {
      username,
      email,
      password: prepared.passwordHash,
      role: globalRole,
      isActive: true,
      mustChangePassword: prepared.temporaryPassword !== null,
    });
    for (const { companyId, role } of memberships) await putMembership(tx, { userId, companyId, role });
    const { temporaryPassword } = isInvited ? prepared : await grantAccess(tx, userId, prepared);
    const companies = memberships.map(({ companyId }) => names.get(companyId)!);
    const until = isInvited ? await sendInvitation(tx, context, { userId, email, companies }) : null;
    await recordCreation(tx, context, { ...input, username, userId }, names, until);
    return { userId, username, email, temporaryPassword, invitedUntil: until?.getTime() ?? null };
  });
}

/** Writes the audit trails, and tells those who need to know about a new administrator. */
async function recordCreation(
  tx: Transaction,
  context: ServiceContext,
  { userId, username, email, globalRole, memberships }: NewUser & { userId: number },
  names: ReadonlyMap<number, string>,
  invitedUntil: Date | null,
): Promise<void> {
  const named = memberships.map((membership) => ({
    ...membership,
    company: names.get(membership.companyId),
  }));
  await recordUserChange(tx, context, {
    action: "user.create",
    user: { userId, username, memberships },
    diff: (companyId) => ({
      after: {
        username,
        email,
        globalRole,
        memberships: membershipsIn(named, companyId),
        ...(invitedUntil && { invitedUntil }),
      },
    }),
  });
  const user = { userId, username, globalRole };
  const by = context.audit.actorName;
  for (const membership of memberships) await tellAdministrator(tx, user, membership, by);
  await tellGlobalRole(tx, user, { role: globalRole, before: "User" }, by);
}

/**
 * Only who may learn which usernames are taken gets exactly the one asked for. Everybody else's get digits, whether
 * the name is taken or not, so many that two alike are a matter of trying again.
 */
function usernameFor(actor: Actor, wanted: string): string {
  if (can(actor, "user:choose-username")) return wanted;
  return `${firstUnits(wanted, 56)}-${randomInt(100_000, 1_000_000)}`;
}

/** A company the actor does not belong to is, to them, one that does not exist. */
function assertCompaniesInReach(actor: Actor, memberships: NewUser["memberships"]): void {
  if (actor.globalRole === "GlobalAdmin") return;
  const unknown = memberships.find(
    ({ companyId }) => !actor.memberships.some((own) => own.companyId === companyId),
  );
  if (!unknown) return;
  const attempt = { action: "user:create", companyId: null, targetType: "company" };
  throw new AccessDenied("not_found", { ...attempt, targetId: unknown.companyId });
}
