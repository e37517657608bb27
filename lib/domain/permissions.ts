import { COMPANY_ROLES, GLOBAL_ROLES, type Actor, type CompanyRole, type GlobalRole } from "./actor";

/** A user to be acted on, with roles as stored; `userId` is null for one about to be made. */
export interface UserTarget {
  userId: number | null;
  globalRole: string;
  memberships: readonly { companyId: number; role: string }[];
}

export interface CompanyTarget {
  companyId: number;
}

export interface GlobalRoleTarget {
  user: UserTarget;
  /** The role to give. */
  role: string;
}

export interface MembershipTarget extends CompanyTarget {
  /** With the memberships as they are before the change. */
  user: UserTarget;
}

export interface MembershipRoleTarget extends MembershipTarget {
  /** The role to give; also when the user joins the company with it. */
  role: string;
}

export interface ScheduleTarget extends CompanyTarget {
  /** Whose it is; null for a shared view's, and for one whose owner is gone. */
  ownerUserId: number | null;
}

interface TargetOf {
  "events:read": CompanyTarget;
  "company:create": undefined;
  "company:update": CompanyTarget;
  "company:delete": CompanyTarget;
  "site:manage": CompanyTarget;
  /** Export and erase what is held about an account, and write the company's privacy text. */
  "privacy:manage": CompanyTarget;
  /** Share saved views with the company, and change those it shares; everybody keeps views of their own. */
  "views:share": CompanyTarget;
  /** Have saved views sent by mail: one's own, or as an administrator all of the company. */
  "schedules:manage": ScheduleTarget;
  /** The mail domains to which a company's reports may go besides its members. */
  "report-domains:update": CompanyTarget;
  /** See what the company's rules found, and the rules. */
  "alerts:read": CompanyTarget;
  /** Deal with alerts, tune rules and make exceptions. */
  "alerts:manage": CompanyTarget;
  /** See a company's notifications and what became of their deliveries. */
  "notifications:read": CompanyTarget;
  /** Channels and subscriptions of a company. */
  "notifications:manage": CompanyTarget;
  /** The portal's own notifications, channels and subscriptions. */
  "portal-notifications:manage": undefined;
  /** Without a target: whether there is anybody at all the actor may list. */
  "user:list": UserTarget | CompanyTarget | undefined;
  "user:create": UserTarget;
  "user:update": UserTarget;
  /** Choose exact usernames, which reveals the ones that are taken in any company. */
  "user:choose-username": undefined;
  /** Activate and deactivate. */
  "user:activate": UserTarget;
  "user:reset-password": UserTarget;
  "user:reset-mfa": UserTarget;
  /** End every session of the user. */
  "user:sign-out": UserTarget;
  "user:delete": UserTarget;
  "user:set-global-role": GlobalRoleTarget;
  "membership:set-role": MembershipRoleTarget;
  "membership:remove": MembershipTarget;
  "settings:update": undefined;
  "domains:update": undefined;
  "error-log:read": undefined;
  "audit:read-all": undefined;
  /** How the installation itself fares: version, database, jobs, backups. */
  "system:read": undefined;
  "audit:read-company": CompanyTarget;
  /** Whether a user must have MFA, whatever the portal's setting says. */
  "mfa-policy:set": UserTarget;
}

export type Action = keyof TargetOf;
export type ActionTarget<A extends Action> = TargetOf[A];
/** Actions that concern the portal as a whole. */
export type PortalAction = { [A in Action]: undefined extends TargetOf[A] ? A : never }[Action];
/** Actions on a company as a whole. */
export type CompanyAction = { [A in Action]: CompanyTarget extends TargetOf[A] ? A : never }[Action];

export function isGlobalRole(role: unknown): role is GlobalRole {
  return GLOBAL_ROLES.includes(role as GlobalRole);
}

export function isCompanyRole(role: unknown): role is CompanyRole {
  return COMPANY_ROLES.includes(role as CompanyRole);
}

/** The role in a company; null for none and for one that does not exist. */
function roleIn(memberships: UserTarget["memberships"], companyId: number): CompanyRole | null {
  const role = memberships.find((membership) => membership.companyId === companyId)?.role;
  return isCompanyRole(role) ? role : null;
}

function isGlobalAdmin(actor: Actor): boolean {
  return actor.globalRole === "GlobalAdmin";
}

function administers(actor: Actor, companyId: number): boolean {
  return roleIn(actor.memberships, companyId) === "CompanyAdmin";
}

/** Whether the actor is an Admin who belongs to the company. */
function isAdminOf(actor: Actor, companyId: number): boolean {
  return actor.globalRole === "Admin" && roleIn(actor.memberships, companyId) !== null;
}

function isMemberOf(user: UserTarget, companyId: number): boolean {
  return user.memberships.some((membership) => membership.companyId === companyId);
}

/** An Admin's people: no GlobalAdmin, and either in a company of the Admin's or in none. */
function isWithinAdminReach(actor: Actor, user: UserTarget): boolean {
  if (actor.globalRole !== "Admin" || (user.globalRole !== "Admin" && user.globalRole !== "User"))
    return false;
  return (
    user.memberships.length === 0 ||
    user.memberships.some(({ companyId }) => roleIn(actor.memberships, companyId) !== null)
  );
}

function canListUser(actor: Actor, user: UserTarget): boolean {
  if (isGlobalAdmin(actor) || isWithinAdminReach(actor, user)) return true;
  return (
    user.globalRole === "User" && user.memberships.some(({ companyId }) => administers(actor, companyId))
  );
}

/**
 * Changes to the account itself, which reach into every company of the person: the actor must hold the right in all of
 * these, and the person's role must be below an Admin's. One password opens everything its owner may see.
 */
function canChangeAccount(actor: Actor, user: UserTarget): boolean {
  if (isGlobalAdmin(actor)) return true;
  if (user.globalRole !== "User" || !user.memberships.every(({ role }) => isCompanyRole(role))) return false;
  if (actor.globalRole === "Admin" && user.memberships.every(({ companyId }) => isAdminOf(actor, companyId)))
    return true;
  return user.memberships.length === 1 && administers(actor, user.memberships[0]!.companyId);
}

/** Deleting a CompanyAdmin would remove them from their company, which is a GlobalAdmin's alone. */
function canDeleteUser(actor: Actor, user: UserTarget): boolean {
  if (isGlobalAdmin(actor)) return true;
  return canChangeAccount(actor, user) && user.memberships.every(({ role }) => role === "User");
}

function canCreateUser(actor: Actor, user: UserTarget): boolean {
  if (!isGlobalRole(user.globalRole) || !user.memberships.every(({ role }) => isCompanyRole(role)))
    return false;
  if (isGlobalAdmin(actor)) return true;
  if (user.globalRole !== "User" || (user.memberships.length === 0 && actor.globalRole !== "Admin"))
    return false;
  return user.memberships.every(
    ({ companyId, role }) =>
      administers(actor, companyId) || (role === "User" && isAdminOf(actor, companyId)),
  );
}

/** Whether the user is one whose membership in the company the actor may change. */
function canManageMember(actor: Actor, user: UserTarget, companyId: number): boolean {
  if (isAdminOf(actor, companyId) && isWithinAdminReach(actor, user)) return true;
  return administers(actor, companyId) && canListUser(actor, user);
}

function canSetMembershipRole(actor: Actor, { user, companyId, role }: MembershipRoleTarget): boolean {
  if (!isCompanyRole(role)) return false;
  if (isGlobalAdmin(actor)) return true;
  if (!canManageMember(actor, user, companyId)) return false;
  if (role === "CompanyAdmin") return administers(actor, companyId);
  // Taking the role from a CompanyAdmin would be the first half of removing them.
  return !isMemberOf(user, companyId) || roleIn(user.memberships, companyId) === "User";
}

function canRemoveMembership(actor: Actor, { user, companyId }: MembershipTarget): boolean {
  if (isGlobalAdmin(actor)) return true;
  return (
    user.userId !== actor.userId &&
    roleIn(user.memberships, companyId) === "User" &&
    canManageMember(actor, user, companyId)
  );
}

type Rules = { [A in Action]: (actor: Actor, target: TargetOf[A]) => boolean };

const RULES: Rules = {
  "events:read": (actor, { companyId }) =>
    isGlobalAdmin(actor) || roleIn(actor.memberships, companyId) !== null,
  "company:create": isGlobalAdmin,
  "company:update": isGlobalAdmin,
  "company:delete": isGlobalAdmin,
  "site:manage": (actor, { companyId }) =>
    isGlobalAdmin(actor) || isAdminOf(actor, companyId) || administers(actor, companyId),
  "privacy:manage": (actor, target) => RULES["site:manage"](actor, target),
  "views:share": (actor, target) => RULES["site:manage"](actor, target),
  "schedules:manage": (actor, target) =>
    RULES["site:manage"](actor, target) ||
    (target.ownerUserId === actor.userId && RULES["events:read"](actor, target)),
  "report-domains:update": (actor, target) => RULES["site:manage"](actor, target),
  "alerts:read": (actor, target) => RULES["events:read"](actor, target),
  "alerts:manage": (actor, target) => RULES["site:manage"](actor, target),
  "notifications:read": (actor, target) => RULES["site:manage"](actor, target),
  "notifications:manage": (actor, target) => RULES["site:manage"](actor, target),
  "portal-notifications:manage": isGlobalAdmin,
  "user:list": (actor, target) => {
    if (target === undefined) {
      return (
        actor.globalRole !== "User" ||
        actor.memberships.some(({ companyId }) => administers(actor, companyId))
      );
    }
    return "companyId" in target ? RULES["site:manage"](actor, target) : canListUser(actor, target);
  },
  "user:create": canCreateUser,
  "user:update": canChangeAccount,
  "user:choose-username": isGlobalAdmin,
  "user:activate": canChangeAccount,
  "user:reset-password": canChangeAccount,
  "user:reset-mfa": canChangeAccount,
  "user:sign-out": canChangeAccount,
  "user:delete": canDeleteUser,
  "user:set-global-role": (actor, { role }) => isGlobalAdmin(actor) && isGlobalRole(role),
  "membership:set-role": canSetMembershipRole,
  "membership:remove": canRemoveMembership,
  "settings:update": isGlobalAdmin,
  "domains:update": isGlobalAdmin,
  "error-log:read": isGlobalAdmin,
  "audit:read-all": isGlobalAdmin,
  "system:read": isGlobalAdmin,
  "audit:read-company": (actor, { companyId }) => isGlobalAdmin(actor) || administers(actor, companyId),
  "mfa-policy:set": isGlobalAdmin,
};

export const ACTIONS = Object.keys(RULES) as Action[];

/** Whether users would delete, demote or deactivate themselves, which is never allowed. */
export function isLossToSelf(actor: Pick<Actor, "userId">, user: Pick<UserTarget, "userId">): boolean {
  return actor.userId === user.userId;
}

/**
 * Whether deleting, demoting or deactivating the user would leave the portal without an active GlobalAdmin.
 *
 * `activeGlobalAdmins` counts them with the user still among them; count and change belong in one transaction.
 */
export function isLastGlobalAdmin(
  user: { globalRole: string; isActive: boolean },
  activeGlobalAdmins: number,
): boolean {
  return user.globalRole === "GlobalAdmin" && user.isActive && activeGlobalAdmins <= 1;
}

const LOSSES: ReadonlySet<Action> = new Set<Action>(["user:activate", "user:delete"]);

/** Whether the target is the actor and the action takes something from them that no one may take from themselves. */
function isForbiddenOnSelf(actor: Actor, action: Action, target: unknown): boolean {
  if (typeof target !== "object" || target === null) return false;
  if (LOSSES.has(action)) return isLossToSelf(actor, target as UserTarget);
  if (action === "user:set-global-role") {
    const { user, role } = target as GlobalRoleTarget;
    return isLossToSelf(actor, user) && role !== actor.globalRole;
  }
  if (action !== "membership:set-role") return false;
  const { user, companyId, role } = target as MembershipRoleTarget;
  return (
    isLossToSelf(actor, user) && role === "User" && roleIn(user.memberships, companyId) === "CompanyAdmin"
  );
}

export type TargetArgument<A extends Action> = undefined extends TargetOf[A]
  ? [target?: TargetOf[A]]
  : [target: TargetOf[A]];

/**
 * Whether the actor may do this, by the contract's table of roles; roles must be fresh from the database.
 *
 * Unknown roles and actions never pass. Where it says no about something the actor may not even see (`events:read`
 * of a company, `user:list` of a user), answer 404, else 403. {@link isLastGlobalAdmin} is the caller's to ask.
 */
export function can<A extends Action>(actor: Actor, action: A, ...[target]: TargetArgument<A>): boolean {
  if (!isGlobalRole(actor.globalRole) || !Object.hasOwn(RULES, action)) return false;
  if (isForbiddenOnSelf(actor, action, target)) return false;
  return RULES[action](actor, target as TargetOf[A]);
}
