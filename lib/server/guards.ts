import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import {
  readAccess,
  scopeOfCompany,
  type CompanyScope,
  type UserAccess,
} from "@/lib/services/access/read-access";
import type { AuditActor } from "@/lib/services/audit/actor";
import { readSession, type LiveSession } from "@/lib/services/auth/sessions";
import { readSettings } from "@/lib/services/settings/read-settings";
import { auth } from "./auth/next-auth";
import { clientAddressOf } from "./client-address";

export const ALL_COMPANIES = "all";

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
  const access = session && (await readAccess(session.userId));
  if (!access) return null;
  const address = clientAddressOf(await headers());
  return {
    session,
    access,
    auditActor: { actorUserId: session.userId, actorName: session.username, address },
  };
});

/** For pages: the signed-in user, else the sign-in page, or first the change of a password that must be changed. */
export async function requireUser(options: { mayOweNewPassword?: boolean } = {}): Promise<SignedIn> {
  const user = await currentUser();
  const path = (await headers()).get("x-path") ?? "/";
  if (!user) redirect(path === "/" ? "/login" : `/login?${new URLSearchParams({ next: path })}`);
  if (user.session.mustChangePassword && !options.mayOweNewPassword) redirect("/change-password");
  return user;
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
  const view = await companyViewOf(user, (await params).company);
  if (!view) notFound();
  return view;
}

/** What a company reference opens for a user; null when nothing. Also for route handlers and actions. */
export async function companyViewOf(user: SignedIn, companyRef: string): Promise<CompanyView | null> {
  const { timeZone: portalZone } = await readSettings();
  const ownZone = user.session.timeZone;
  if (companyRef === ALL_COMPANIES) {
    return { ...user, company: null, scope: user.access.scope, companyRef, timeZone: ownZone ?? portalZone };
  }
  const company = /^[1-9]\d{0,9}$/.test(companyRef)
    ? user.access.companies.find((candidate) => candidate.id === Number(companyRef))
    : undefined;
  const scope = company && scopeOfCompany(user.access, company.id);
  if (!scope) return null;
  return { ...user, company, scope, companyRef, timeZone: ownZone ?? company.timeZone ?? portalZone };
}
