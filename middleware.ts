import { NextResponse, type NextRequest } from "next/server";
import { REQUEST_ID_HEADER, requestIdFrom } from "@/lib/request-context";

const SESSION_COOKIES = ["winauthmon.session", "__Host-winauthmon.session"];
/** Pages below one of these, or below a company's number; everything else is no address of the portal. */
const PAGES =
  /^\/($|(login|register|accept-invitation|confirm-registration|forgot-password|mfa|reset-password|unsubscribe|change-password|set-up-mfa|admin|profile|api-docs|all|\d+)(\/|$))/;
const PUBLIC_PATHS =
  /^\/(login|register|accept-invitation|confirm-registration|forgot-password|mfa|reset-password|unsubscribe|api)(\/|$)/;

/** Security headers on every page, and the way to the sign-in page for the signed-out. Never the authorization. */
export function middleware(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const isHttps = (request.headers.get("x-forwarded-proto") ?? request.nextUrl.protocol).startsWith("https");
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce, isHttps);
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  headers.set("x-path", pathname + search);
  const requestId = requestIdFrom(request.headers.get(REQUEST_ID_HEADER));
  headers.set(REQUEST_ID_HEADER, requestId);
  const isSignedOut = !SESSION_COOKIES.some(
    (name) => request.cookies.has(name) || request.cookies.has(`${name}.0`),
  );
  const response = isForNobody(request)
    ? NextResponse.json({ message: "There is nothing at this address", status: "error" }, { status: 404 })
    : isSignedOut && !isAction(request) && !PUBLIC_PATHS.test(pathname)
      ? NextResponse.redirect(loginUrl(request), 307)
      : NextResponse.next({ request: { headers } });
  setSecurityHeaders(response.headers, policy, isHttps);
  response.headers.set(REQUEST_ID_HEADER, requestId);
  return response;
}

/** Whether a request that is not for reading goes to an address without a page or handler: no person waits for it. */
function isForNobody({ method, nextUrl }: NextRequest): boolean {
  const isForReading = method === "GET" || method === "HEAD";
  return !isForReading && !PAGES.test(nextUrl.pathname) && !/^\/api(\/|$)/.test(nextUrl.pathname);
}

/**
 * Whether a script of a page calls an action. Next does not follow a redirect from here, so the form would say that the
 * server can't be reached; the action itself asks for a session and leads to the sign-in page.
 */
function isAction({ method, headers }: NextRequest): boolean {
  return method === "POST" && headers.has("next-action");
}

function loginUrl(request: NextRequest): URL {
  const url = request.nextUrl.clone();
  const asked = url.pathname + url.search;
  url.pathname = "/login";
  url.search = asked === "/" ? "" : new URLSearchParams({ next: asked }).toString();
  return url;
}

function contentSecurityPolicy(nonce: string, isHttps: boolean): string {
  const isDevelopment = process.env.NODE_ENV === "development";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    // Charts and menus place themselves by style attributes, which no nonce can cover.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${isDevelopment ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(isHttps ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

function setSecurityHeaders(headers: Headers, policy: string, isHttps: boolean): void {
  headers.set("Content-Security-Policy", policy);
  headers.set("X-Content-Type-Options", "nosniff");
  headers.set("X-Frame-Options", "DENY");
  headers.set("Referrer-Policy", "same-origin");
  headers.set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()");
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  if (isHttps) headers.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
}

export const config = {
  runtime: "nodejs",
  // Not the agents' paths, which are hot and carry their own headers, nor files.
  matcher: ["/((?!api/log_event|api/log_events|api/health|_next/static|_next/image|icon.svg|favicon.ico).*)"],
};
