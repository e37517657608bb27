import { randomUUID } from "node:crypto";
import type { NextRequest } from "next/server";
import type { z } from "zod";
import { ALL_COMPANIES } from "@/lib/domain/nav-model";
import { can, type CompanyAction, type PortalAction } from "@/lib/domain/permissions";
import type { Wording } from "@/lib/domain/text";
import { inEnglish } from "@/lib/english";
import {
  isAbort,
  isAppError,
  isDatabaseOutage,
  isStatementTimeout,
  AppError,
  type FieldError,
} from "@/lib/errors";
import { AccessDenied, assertCan, deniedAttemptOf } from "@/lib/services/access/denied";
import { narrowToCompanies, type CompanyScope } from "@/lib/services/access/read-access";
import { currentRequestId } from "@/lib/request-context";
import { recordDenied } from "@/lib/services/access/record-denied";
import type { AuditActor } from "@/lib/services/audit/actor";
import type { CompanyContext, ServiceContext } from "@/lib/services/context";
import { companyContextOf, contextOf } from "./actions";
import { currentUser, pendingStep, type SignedIn } from "./guards";
import { reportError } from "./report-error";
import { wordError } from "./texts/word-error";

type Route<Params> = (request: NextRequest, route: { params: Promise<Params> }) => Promise<Response>;

/** A handler that one permission of the portal opens. Errors and refusals answer as JSON with their status. */
export function globalRoute(
  action: PortalAction,
  handler: (request: NextRequest, context: ServiceContext, user: SignedIn) => Promise<Response>,
): Route<object> {
  return wrap(async (request, user) => {
    assertCan(user.access.actor, action);
    return handler(request, contextOf(user), user);
  });
}

/** A handler of any signed-in user, which itself keeps to the scope of that user's access. */
export function userRoute(
  handler: (request: NextRequest, user: SignedIn) => Promise<Response>,
): Route<object> {
  return wrap(handler);
}

/** What a handler of one company, or of all where the user has a permission, may read. */
export type CompaniesContext = ServiceContext & { scope: CompanyScope };

/**
 * A handler inside the company of the address, or for `all` inside those where the user has the permission: 404 for a
 * company the user may not see, 403 without the permission.
 */
export function companiesRoute(
  action: CompanyAction,
  handler: (request: NextRequest, context: CompaniesContext, user: SignedIn) => Promise<Response>,
): Route<{ company: string }> {
  return wrap(async (request, user, { company }) => {
    if (company !== ALL_COMPANIES) return handler(request, companyContextOf(user, company, action), user);
    const { actor, scope } = user.access;
    const allowed = scope.companyIds.filter((companyId) => can(actor, action, { companyId }));
    if (allowed.length === 0) throw new AccessDenied("forbidden", { action, companyId: null });
    return handler(request, { ...contextOf(user), scope: narrowToCompanies(scope, allowed) }, user);
  });
}

/** A handler inside the company of the address: 404 for one the user may not see, 403 without the permission. */
export function companyRoute(
  action: CompanyAction,
  handler: (request: NextRequest, context: CompanyContext, user: SignedIn) => Promise<Response>,
): Route<{ company: string }> {
  return wrap(async (request, user, params) =>
    handler(request, companyContextOf(user, params.company, action), user),
  );
}

function wrap<Params>(
  handler: (request: NextRequest, user: SignedIn, params: Params) => Promise<Response>,
): Route<Params> {
  return async (request, { params }) => {
    let user: SignedIn | null = null;
    try {
      user = await currentUser();
      if (!user) throw new AppError("unauthenticated", { key: "errors.signedOut" });
      const path = pendingStep(user);
      if (path) throw new AppError("forbidden", { key: "errors.openFirst", values: { path } });
      return await handler(request, user, await params);
    } catch (error) {
      return refusalResponse(error, request.nextUrl.pathname, user?.auditActor ?? null, true);
    }
  };
}

/** An error as JSON with its status and, where it has them, its fields; refusals are audited, faults of ours reported. */
export async function refusalResponse(
  error: unknown,
  pathname: string,
  actor: AuditActor | null,
  isPerson: boolean,
): Promise<Response> {
  const requestId = actor?.requestId ?? currentRequestId() ?? randomUUID();
  const attempt = deniedAttemptOf(error);
  if (attempt && actor) await recordDenied(actor, attempt);
  if (isAppError(error)) {
    const headers = error.retryAfterSeconds ? { "Retry-After": String(error.retryAfterSeconds) } : undefined;
    const errors = error.fields.length > 0 ? { errors: error.fields } : {};
    const message = await messageFor(error.wording.message, isPerson);
    return errorJson(error.status, { message, ...errors }, requestId, headers);
  }
  // The client has left: the status is for the log of a proxy.
  if (isAbort(error)) return new Response(null, { status: 499 });
  if (isDatabaseOutage(error)) {
    const message = await messageFor({ key: "errors.outage" }, isPerson);
    return errorJson(503, { message }, requestId, { "Retry-After": "5" });
  }
  if (isStatementTimeout(error)) {
    const message = await messageFor({ key: "errors.searchTooLong" }, isPerson);
    return errorJson(503, { message }, requestId, { "Retry-After": "30" });
  }
  reportError({
    source: "routes",
    error,
    requestId,
    pathname,
    userId: actor?.actorUserId,
    address: actor?.address,
  });
  const message = await messageFor({ key: "errors.internal", values: { requestId } }, isPerson);
  return errorJson(500, { message }, requestId);
}

/** In the language of the person whose page shows it; English for programs, and where no page asks. */
async function messageFor(message: Wording, isPerson: boolean): Promise<string> {
  const english = inEnglish(message);
  if (!isPerson) return english;
  return wordError({ wording: { message, fields: [] } }).then(
    (worded) => worded.message,
    () => english,
  );
}

function errorJson(
  status: number,
  body: { message: string; errors?: readonly FieldError[] },
  requestId: string,
  headers?: Record<string, string>,
): Response {
  return Response.json(
    { ...body, status: "error", request_id: requestId },
    { status, headers: { "Cache-Control": "no-store", ...headers } },
  );
}

/** Refuses a download that another site's page has asked for: its address alone must not make a file with a key in it. */
export function assertNotCrossSite(request: Request): void {
  if (request.headers.get("sec-fetch-site") === "cross-site") {
    throw new AppError("forbidden", { key: "errors.otherSite" });
  }
}

/** The query as the schema wants it. @throws AppError `invalid` that names what is wrong. */
export function parseQuery<Schema extends z.ZodType>(
  schema: Schema,
  query: URLSearchParams,
): z.output<Schema> {
  // The database takes no text with a NUL or a lone surrogate.
  const unstorable = [...query].filter(([, text]) => /[\0\p{Cs}]/u.test(text));
  const parsed = schema.safeParse(Object.fromEntries(query));
  if (parsed.success && unstorable.length === 0) return parsed.data;
  const problems = [
    ...unstorable.map(([name]) => `${name}: must not hold control characters`),
    ...(parsed.error?.issues ?? []).map(
      (issue) => `${String(issue.path[0] ?? "")}: ${inEnglish(issue.message)}`,
    ),
  ];
  throw new AppError("invalid", problems.join(" "));
}
