import { randomUUID } from "node:crypto";
import type { NextRequest } from "next/server";
import type { z } from "zod";
import type { CompanyAction, PortalAction } from "@/lib/domain/permissions";
import { isAppError, isDatabaseOutage, AppError } from "@/lib/errors";
import { assertCan, deniedAttemptOf } from "@/lib/services/access/denied";
import { recordDenied } from "@/lib/services/access/record-denied";
import type { CompanyContext, ServiceContext } from "@/lib/services/context";
import { companyContextOf, contextOf } from "./actions";
import { currentUser, owedStep, type SignedIn } from "./guards";
import { reportError } from "./report-error";

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
      if (!user) throw new AppError("unauthenticated", "Sign in first.");
      const owed = owedStep(user);
      if (owed) throw new AppError("forbidden", `Open ${owed} first.`);
      return await handler(request, user, await params);
    } catch (error) {
      return refusalResponse(error, request, user);
    }
  };
}

async function refusalResponse(
  error: unknown,
  request: NextRequest,
  user: SignedIn | null,
): Promise<Response> {
  const requestId = randomUUID();
  const attempt = deniedAttemptOf(error);
  if (attempt && user) await recordDenied(user.auditActor, attempt);
  if (isAppError(error)) {
    const headers = error.retryAfterSeconds ? { "Retry-After": String(error.retryAfterSeconds) } : undefined;
    return errorJson(error.status, error.message, requestId, headers);
  }
  if (isDatabaseOutage(error)) {
    return errorJson(503, "The database cannot be reached at the moment.", requestId, { "Retry-After": "5" });
  }
  reportError({
    source: "routes",
    error,
    requestId,
    pathname: request.nextUrl.pathname,
    userId: user?.session.userId,
    address: user?.auditActor.address,
  });
  return errorJson(500, "This could not be done because of an error of ours.", requestId);
}

function errorJson(
  status: number,
  message: string,
  requestId: string,
  headers?: Record<string, string>,
): Response {
  return Response.json(
    { message, status: "error", request_id: requestId },
    { status, headers: { "Cache-Control": "no-store", ...headers } },
  );
}

/** Refuses a download that another site's page has asked for: its address alone must not make a file with a key in it. */
export function assertNotCrossSite(request: NextRequest): void {
  if (request.headers.get("sec-fetch-site") === "cross-site") {
    throw new AppError("forbidden", "This download was asked for by another site's page.");
  }
}

/** The query as the schema wants it. @throws AppError `invalid` that names what is wrong. */
export function parseQuery<Schema extends z.ZodType>(
  schema: Schema,
  query: URLSearchParams,
): z.output<Schema> {
  const parsed = schema.safeParse(Object.fromEntries(query));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${String(issue.path[0] ?? "")}: ${issue.message}`);
  throw new AppError("invalid", problems.join(" "));
}
