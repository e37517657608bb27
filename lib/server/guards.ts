import { cookies, headers } from "next/headers";
import { forbidden, notFound, redirect } from "next/navigation";
import { cache } from "react";
import { ALL_COMPANIES } from "@/lib/domain/nav-model";
import { can, type CompanyAction, type PortalAction } from "@/lib/domain/permissions";
import { readRowId } from "@/lib/domain/row-id";
import { safeReturnPath } from "@/lib/domain/safe-path";
import type { SignInRequirement } from "@/lib/domain/sign-in-requirement";
import { isAppError } from "@/lib/errors";
import { hasPageEnded, REQUEST_ID_HEADER } from "@/lib/request-context";
import { deniedAttemptOf, unseenCompany, type DeniedAttempt } from "@/lib/services/access/denied";
import {
  narrowToCompanies,
  readAccess,
  scopeOfCompany,
  type CompanyScope,
  type CompanyWriteScope,
  type UserAccess,
} from "@/lib/services/access/read-access";
import { recordDenied } from "@/lib/services/access/record-denied";
import type { AuditActor } from "@/lib/services/audit/actor";
import { noteActivity, readSession, type LiveSession } from "@/lib/services/auth/sessions";
import { readSettings } from "@/lib/services/settings/read-settings";
import { OWNER_ACTIVE_COOKIE } from "@/lib/domain/session-activity";
import { auth } from "./auth/next-auth";
import { isOwnersDoing } from "./auth/owners-doing";
import { clientAddressOf } from "./client-address";
import { noteKnownSession } from "./front/known-sessions";
import { lastChangeAt } from "./last-change";

export interface SignedIn {
  session: LiveSession;
  access: UserAccess;
  /** For audit rows: the user and the address of this request. */
  auditActor: AuditActor;
}

/** The signed-in user of this request, or null; asked of the database once a request. */
export const currentUser = cache(async (): Promise<SignedIn | null> => {
  const token = (await auth()) as { sessionId?: unknown } | null;
  if (typeof token?.sessionId !== "string") return null;
  const session = await readSession(token.sessionId);
  const access = session && (await readAccess(session.userId, await lastChangeAt()));
  if (!access) return null;
  const given = await headers();
  noteKnownSession(given.get("cookie"));
  if (isOwnersDoing(given, (await cookies()).has(OWNER_ACTIVE_COOKIE))) await noteActivity(session);
  const address = clientAddressOf(given);
  return {
    session,
    access,
    auditActor: {
      actorUserId: session.userId,
      actorName: session.username,
      address,
      requestId: given.get(REQUEST_ID_HEADER),
      userAgent: given.get("user-agent"),
    },
  };
});

/** For pages: the signed-in user. Redirects to sign-in, or to a pending step unless `allowPending` names it. */
export async function requireUser({
  allowPending,
}: { allowPending?: SignInRequirement } = {}): Promise<SignedIn> {
  const user = await currentUser();
  const path = (await headers()).get("x-path") ?? "/";
  if (!user) redirect(withReturn("/login", path));
  const pending = pendingStep(user);
  if (pending && user.session.pending !== allowPending) redirect(withReturn(pending, path));
  return user;
}

/** A page of the sign-in that leads on to `path`. */
function withReturn(page: string, path: string): string {
  const next = safeReturnPath(path);
  return next === "/" ? page : `${page}?${new URLSearchParams({ next })}`;
}

const REQUIREMENT_PATH: Record<SignInRequirement, string> = {
  "change-password": "/change-password",
  "set-up-mfa": "/set-up-mfa",
};

/** The page a signed-in user must go through before anything else opens, or null. */
export function pendingStep({ session }: SignedIn): string | null {
  return session.pending && REQUIREMENT_PATH[session.pending];
}

/** For pages outside a company: 403, audited, without the permission. */
export async function requirePermission(action: PortalAction): Promise<SignedIn> {
  const user = await requireUser();
  if (!can(user.access.actor, action)) await refuse(user, { action, companyId: null });
  return user;
}

async function refuse(user: SignedIn, attempt: DeniedAttempt): Promise<never> {
  await tellDenied(user, attempt);
  forbidden();
}

/** Audits a page that is refused, but not one that the reader has just ended: it is drawn before they are led on. */
async function tellDenied(user: SignedIn, attempt: DeniedAttempt): Promise<void> {
  if (!hasPageEnded()) await recordDenied(user.auditActor, attempt);
}

export interface CompanyView extends SignedIn {
  /** null for "All companies". */
  company: UserAccess["companies"][number] | null;
  /** The one company, or every company the user may see. */
  scope: CompanyScope;
  /** `all` or the company's id, as in the address. */
  companyRef: string;
  /** IANA zone of the screen: the user's, else the company's, else the portal's. */
  timeZone: string;
}

/** For pages below `/[company]`: 404 for a company the user may not see, exactly as for one that does not exist. */
export async function requireCompany(params: Promise<{ company: string }>): Promise<CompanyView> {
  const user = await requireUser();
  const companyRef = (await params).company;
  const view = await companyViewOf(user, companyRef);
  if (!view) {
    await tellDenied(user, unseenCompany("company:read", companyRef).attempt);
    notFound();
  }
  return view;
}

/** A page of one company, or the choice of one: `company` is null for "All companies". */
export interface ManagedCompany extends CompanyView {
  scope: CompanyWriteScope;
  company: UserAccess["companies"][number];
}

/**
 * For management pages below `/[company]`: 404 as above, 403 without the permission in that company.
 *
 * For "All companies" the answer is the list of those where the user has the permission, and a view of these alone.
 */
export async function requireCompanyPermission(
  params: Promise<{ company: string }>,
  action: CompanyAction,
): Promise<{ managed: ManagedCompany } | { choices: UserAccess["companies"]; view: CompanyView }> {
  const view = await requireCompany(params);
  const { company, access } = view;
  const isAllowed = (companyId: number) => can(access.actor, action, { companyId });
  if (company) {
    const scope = scopeOfCompany(access, company.id);
    if (!scope || !isAllowed(company.id)) return refuse(view, { action, companyId: company.id });
    return { managed: { ...view, company, scope } };
  }
  const choices = access.companies.filter(({ id }) => isAllowed(id));
  if (choices.length === 0) return refuse(view, { action, companyId: null });
  return {
    choices,
    view: {
      ...view,
      scope: narrowToCompanies(
        view.scope,
        choices.map(({ id }) => id),
      ),
    },
  };
}

/** What a company reference opens for a user; null when nothing. Also for route handlers and actions. */
export async function companyViewOf(user: SignedIn, companyRef: string): Promise<CompanyView | null> {
  const { timeZone: portalZone } = await readSettings();
  const ownZone = user.session.timeZone;
  if (companyRef === ALL_COMPANIES) {
    return { ...user, company: null, scope: user.access.scope, companyRef, timeZone: ownZone ?? portalZone };
  }
  const companyId = readRowId(companyRef);
  const company = user.access.companies.find(({ id }) => id === companyId);
  const scope = company && scopeOfCompany(user.access, company.id);
  if (!scope) return null;
  return { ...user, company, scope, companyRef, timeZone: ownZone ?? company.timeZone ?? portalZone };
}

/** For pages about one company outside `/[company]`: the same 404 and 403, without a choice of all companies. */
export async function requireCompanyAdministration(
  params: Promise<{ companyId: string }>,
  action: CompanyAction,
): Promise<ManagedCompany> {
  const { companyId } = await params;
  if (companyId === ALL_COMPANIES) notFound();
  const opened = await requireCompanyPermission(Promise.resolve({ company: companyId }), action);
  if (!("managed" in opened)) notFound();
  return opened.managed;
}

/** For the portal-wide list of users, which a CompanyAdmin has company by company instead: 403 below Admin. */
export async function requirePortalUserList(): Promise<SignedIn> {
  const user = await requirePermission("user:list");
  const { globalRole } = user.access.actor;
  if (globalRole !== "GlobalAdmin" && globalRole !== "Admin") {
    return refuse(user, { action: "user:list", companyId: null });
  }
  return user;
}

/** Reads something for a page; what the user may not know of is a 404, audited, as is what does not exist. */
export async function readOr404<T>(user: SignedIn, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const attempt = deniedAttemptOf(error);
    if (attempt) await tellDenied(user, attempt);
    if (isAppError(error) && error.code === "not_found") notFound();
    if (isAppError(error) && error.code === "forbidden") forbidden();
    throw error;
  }
}
