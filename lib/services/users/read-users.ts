import { countUsers, listUserIds, type UserFilter, type UserReach } from "@/db/queries/global/list-users";
import { findUsers, type UserRecord } from "@/db/queries/global/users";
import { findNewestMail } from "@/db/queries/mail/messages";
import { COMPANY_ROLES, GLOBAL_ROLES, type Actor, type CompanyRole } from "@/lib/domain/actor";
import { encodeNameCursor, type NameCursor } from "@/lib/domain/list-page";
import { can, isGlobalRole, type Action } from "@/lib/domain/permissions";
import { isMfaRequiredFor } from "@/lib/domain/sign-in-requirement";
import type { Text } from "@/lib/domain/text";
import { AccessDenied } from "../access/denied";
import type { ServiceContext } from "../context";
import { readSettings } from "../settings/read-settings";

export type { UserFilter };

/** What the actor may do to a user, for the buttons to show; the services decide again. */
export interface UserAbilities {
  update: boolean;
  chooseUsername: boolean;
  activate: boolean;
  resetPassword: boolean;
  resetMfa: boolean;
  signOut: boolean;
  setMfaRequirement: boolean;
  setGlobalRole: boolean;
  delete: boolean;
}

export interface MembershipView {
  companyId: number;
  companyName: string;
  role: string;
  /** Roles the actor may give here, the present one left out. */
  canBecome: CompanyRole[];
  canRemove: boolean;
}

export interface UserView {
  id: number;
  username: string;
  email: string;
  globalRole: string;
  isActive: boolean;
  /** Registered by themselves and never activated yet. */
  isWaiting: boolean;
  isSelf: boolean;
  mfaEnabled: boolean;
  mfaRequired: boolean | null;
  /** Its own requirement or the portal's asks for a second step that isn't set up. */
  isMfaDue: boolean;
  mustChangePassword: boolean;
  /** When the link of an invited person without a password expires, in epoch milliseconds. */
  invitation: {
    until: number;
    isOpen: boolean;
    /** Why its mail is not sent; on the user's page alone. */
    trouble?: Text;
  } | null;
  /** Epoch milliseconds. */
  createdAt: number;
  lastSignInAt: number | null;
  /** Only those in companies that the actor may see. */
  memberships: MembershipView[];
  can: UserAbilities;
}

export interface UserPage {
  users: UserView[];
  found: number;
  /** Users in reach who wait for their first activation, whatever the filter. */
  waiting: number;
  nextCursor: string | null;
}

const PAGE_ROWS = 50;

/** A page of users by name: of the portal as a whole, or of one company. @throws AccessDenied `forbidden`. */
export async function readUsers(
  { actor }: ServiceContext,
  filter: UserFilter,
  { companyId, after }: { companyId?: number; after: NameCursor | null },
): Promise<UserPage> {
  const reach = reachOf(actor, companyId);
  const [ids, counts] = await Promise.all([
    listUserIds(reach, filter, { after, limit: PAGE_ROWS + 1 }),
    countUsers(reach, filter),
  ]);
  const page = ids.slice(0, PAGE_ROWS);
  const byId = new Map((await findUsers(page.map(({ id }) => id))).map((user) => [user.userId, user]));
  const users = page.flatMap(({ id }) => byId.get(id) ?? []);
  const { requireMfaForAllUsers } = await readSettings();
  const last = page.at(-1);
  return {
    ...counts,
    users: users.map((user) => userView(actor, user, companyId, requireMfaForAllUsers)),
    nextCursor:
      ids.length > PAGE_ROWS && last ? encodeNameCursor({ name: last.username, id: last.id }) : null,
  };
}

/** One user as the actor may see them; within a company only its members. @throws AccessDenied `not_found`. */
export async function readUser(
  { actor }: ServiceContext,
  userId: number,
  companyId?: number,
): Promise<UserView> {
  const [user] = await findUsers([userId]);
  const isHere = companyId === undefined || user?.memberships.some((one) => one.companyId === companyId);
  if (user && isHere && can(actor, "user:list", user)) {
    const view = userView(actor, user, companyId, (await readSettings()).requireMfaForAllUsers);
    return view.invitation ? { ...view, invitation: await withTrouble(userId, view.invitation) } : view;
  }
  throw new AccessDenied("not_found", {
    action: "user:list",
    companyId: companyId ?? null,
    targetType: "user",
    targetId: userId,
  });
}

/** A mail that is sent, or that waits for its first attempt, is in no trouble. */
async function withTrouble<Invitation extends object>(userId: number, invitation: Invitation) {
  const mail = await findNewestMail(userId, "invitation");
  if (!mail?.lastNote || (mail.state !== "waiting" && mail.state !== "failed")) return invitation;
  const values = { note: mail.lastNote };
  const trouble: Text =
    mail.state === "failed" ? { key: "users.mailFailed", values } : { key: "users.mailWaiting", values };
  return { ...invitation, trouble };
}

/** How many users wait for the actor to activate them. */
export async function countWaiting(actor: Actor): Promise<number> {
  if (actor.globalRole !== "GlobalAdmin" && actor.globalRole !== "Admin") return 0;
  const everyone: UserFilter = {
    search: "",
    globalRole: null,
    companyId: null,
    companyRole: null,
    state: null,
    mfa: null,
  };
  return (await countUsers(reachOf(actor, undefined), everyone)).waiting;
}

/** The members of a company that the actor may see: those whose global role isn't higher. */
export function visibleGlobalRoles({ globalRole }: Actor): readonly string[] {
  const highest = isGlobalRole(globalRole) ? globalRole : "User";
  return GLOBAL_ROLES.slice(GLOBAL_ROLES.indexOf(highest));
}

/** Whom the actor may list: of the portal, or within one company. @throws AccessDenied `forbidden`. */
export function reachOf(actor: Actor, companyId: number | undefined): UserReach {
  const refused = new AccessDenied("forbidden", { action: "user:list", companyId: companyId ?? null });
  if (companyId !== undefined) {
    if (!can(actor, "user:list", { companyId })) throw refused;
    return { kind: "company", companyId, globalRoles: visibleGlobalRoles(actor) };
  }
  if (actor.globalRole === "GlobalAdmin") return { kind: "all" };
  if (actor.globalRole !== "Admin") throw refused;
  return { kind: "admin", companyIds: actor.memberships.map((membership) => membership.companyId) };
}

/** A user as the actor may see them; within a company only with the membership there. */
export function userView(
  actor: Actor,
  user: UserRecord,
  companyId: number | undefined,
  isMfaRequiredForAll: boolean,
): UserView {
  const visible = user.memberships.filter((membership) =>
    companyId === undefined
      ? can(actor, "user:list", { companyId: membership.companyId })
      : membership.companyId === companyId,
  );
  return {
    id: user.userId,
    username: user.username,
    email: user.email,
    globalRole: user.globalRole,
    isActive: user.isActive,
    isWaiting: !user.isActive && user.isSelfRegistered && user.lastSignInAt === null,
    isSelf: user.userId === actor.userId,
    mfaEnabled: user.mfaEnabled,
    mfaRequired: user.mfaRequired,
    isMfaDue: !user.mfaEnabled && isMfaRequiredFor(user.mfaRequired, isMfaRequiredForAll),
    mustChangePassword: user.mustChangePassword,
    invitation: user.invitedUntil && {
      until: user.invitedUntil.getTime(),
      isOpen: user.invitedUntil.getTime() > Date.now(),
    },
    createdAt: user.createdAt.getTime(),
    lastSignInAt: user.lastSignInAt?.getTime() ?? null,
    memberships: visible.map((membership) => membershipView(actor, user, membership)),
    can: abilitiesOn(actor, user),
  };
}

function membershipView(
  actor: Actor,
  user: UserRecord,
  { companyId, companyName, role }: UserRecord["memberships"][number],
): MembershipView {
  const canBecome = COMPANY_ROLES.filter(
    (wanted) => wanted !== role && can(actor, "membership:set-role", { user, companyId, role: wanted }),
  );
  return {
    companyId,
    companyName,
    role,
    canBecome,
    canRemove: can(actor, "membership:remove", { user, companyId }),
  };
}

export interface JoinableCompany {
  id: number;
  name: string;
  /** Roles the actor may give there; at least one. */
  roles: CompanyRole[];
}

/** Those of the companies to which the actor may add the user. */
export function joinableOf(
  actor: Actor,
  { id: userId, globalRole, memberships }: UserView,
  companies: readonly { id: number; name: string }[],
): JoinableCompany[] {
  const user = { userId, globalRole, memberships };
  const rolesIn = (companyId: number) =>
    COMPANY_ROLES.toReversed().filter((role) => can(actor, "membership:set-role", { user, companyId, role }));
  return companies
    .filter(({ id }) => !memberships.some(({ companyId }) => companyId === id))
    .map(({ id, name }) => ({ id, name, roles: rolesIn(id) }))
    .filter(({ roles }) => roles.length > 0);
}

type AccountAction = Extract<
  Action,
  | "user:update"
  | "user:activate"
  | "user:reset-password"
  | "user:reset-mfa"
  | "user:sign-out"
  | "user:delete"
  | "mfa-policy:set"
>;

function abilitiesOn(actor: Actor, user: UserRecord): UserAbilities {
  const isOther = actor.userId !== user.userId;
  const may = (action: AccountAction) => can(actor, action, user);
  return {
    update: may("user:update"),
    chooseUsername: may("user:update") && can(actor, "user:choose-username"),
    activate: may("user:activate"),
    resetPassword: isOther && may("user:reset-password"),
    resetMfa: isOther && may("user:reset-mfa"),
    signOut: isOther && may("user:sign-out"),
    setMfaRequirement: may("mfa-policy:set"),
    setGlobalRole: isOther && can(actor, "user:set-global-role", { user, role: user.globalRole }),
    delete: may("user:delete"),
  };
}
