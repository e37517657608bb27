import NextAuth, { type NextAuthConfig } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { headers } from "next/headers";
import { logger } from "@/lib/logger";
import { secretsInForce } from "@/lib/secrets-in-force";
import { readSession } from "@/lib/services/auth/sessions";
import { isHttpsRequest } from "../is-https";
import { readSessionPass } from "./session-pass";

/** Longer than any session: the database decides when one is over, and the cookie's own age is set at sign-in. */
const LONGEST_TOKEN_SECONDS = 400 * 24 * 3600;

/** Passwords and codes are judged by lib/services/auth; here only what they opened becomes a cookie. */
const credentials = Credentials({
  id: "login",
  credentials: { pass: {} },
  authorize(given) {
    const read = readSessionPass(given.pass);
    return read && { id: String(read.userId), sessionId: read.sessionId };
  },
});

/**
 * A session that can't be looked up is not over: Auth.js takes an error here for a broken cookie and deletes it, so that
 * an outage of the database would sign everyone out. Reading the session then throws the outage as such.
 */
async function mayBeLive(sessionId: string): Promise<boolean> {
  try {
    return (await readSession(sessionId)) !== null;
  } catch (error) {
    logger.debug({ err: error }, "Can't look up a session");
    return true;
  }
}

/** The token only names a session row; whether that is still good is asked of the database at every request. */
const callbacks: NextAuthConfig["callbacks"] = {
  async jwt({ token, user }) {
    if (user && "sessionId" in user) return { ...token, sessionId: user.sessionId };
    return typeof token.sessionId === "string" && (await mayBeLive(token.sessionId)) ? token : null;
  },
  session({ session, token }) {
    return { ...session, sessionId: token.sessionId };
  },
};

export function sessionCookieName(isHttps: boolean): string {
  return `${isHttps ? "__Host-" : ""}winauthmon.session`;
}

export const { handlers, auth, signIn, signOut } = NextAuth(async () => {
  const secure = isHttpsRequest(await headers());
  const prefix = secure ? "__Host-" : "";
  const options = { httpOnly: true, sameSite: "lax", path: "/", secure } as const;
  return {
    providers: [credentials],
    callbacks,
    secret: secretsInForce(),
    trustHost: true,
    session: { strategy: "jwt", maxAge: LONGEST_TOKEN_SECONDS },
    pages: { signIn: "/login", error: "/login" },
    useSecureCookies: secure,
    cookies: {
      sessionToken: { name: sessionCookieName(secure), options },
      csrfToken: { name: `${prefix}winauthmon.csrf`, options },
      callbackUrl: { name: `${prefix}winauthmon.return`, options },
    },
    logger: {
      error(error) {
        logger.warn({ err: error }, "NextAuth refused a request");
      },
      warn: (code) => logger.debug({ code }, "NextAuth warning"),
      debug: () => undefined,
    },
  } satisfies NextAuthConfig;
});
