import NextAuth, { CredentialsSignin, type NextAuthConfig } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { headers } from "next/headers";
import { env } from "@/lib/env";
import { isAppError } from "@/lib/errors";
import { logger } from "@/lib/logger";
import { readSession } from "@/lib/services/auth/sessions";
import { clientAddressOf } from "../client-address";
import { signInThrottled } from "./throttled-sign-in";

const THIRTY_ONE_DAYS_SECONDS = 31 * 24 * 3600;

/** Carries a refusal's text through next-auth, which hides every other error. */
export class SignInRefused extends CredentialsSignin {
  constructor(
    override readonly message: string,
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
    this.code = "refused";
  }
}

const credentials = Credentials({
  id: "login",
  credentials: { login: {}, password: {}, remember: {} },
  async authorize(given, request) {
    try {
      const { userId, sessionId } = await signInThrottled({
        login: String(given.login ?? ""),
        password: String(given.password ?? ""),
        address: clientAddressOf(request.headers),
        userAgent: request.headers.get("user-agent"),
        isRemembered: given.remember === "on",
      });
      return { id: String(userId), sessionId };
    } catch (error) {
      if (isAppError(error)) throw new SignInRefused(error.message, error.retryAfterSeconds);
      throw error;
    }
  },
});

/** The token only names a session row; whether that is still good is asked of the database at every request. */
const callbacks: NextAuthConfig["callbacks"] = {
  async jwt({ token, user }) {
    if (user && "sessionId" in user) return { ...token, sessionId: user.sessionId };
    const isLive = typeof token.sessionId === "string" && (await readSession(token.sessionId)) !== null;
    return isLive ? token : null;
  },
  session({ session, token }) {
    return { ...session, sessionId: token.sessionId };
  },
};

async function isHttps(): Promise<boolean> {
  const proto = (await headers()).get("x-forwarded-proto")?.split(",")[0]?.trim();
  return proto ? proto === "https" : (env().AUTH_URL?.startsWith("https:") ?? false);
}

export const { handlers, auth, signIn, signOut } = NextAuth(async () => {
  const secure = await isHttps();
  const prefix = secure ? "__Host-" : "";
  const options = { httpOnly: true, sameSite: "lax", path: "/", secure } as const;
  return {
    providers: [credentials],
    callbacks,
    secret: process.env.AUTH_SECRET,
    trustHost: true,
    session: { strategy: "jwt", maxAge: THIRTY_ONE_DAYS_SECONDS },
    pages: { signIn: "/login", error: "/login" },
    useSecureCookies: secure,
    cookies: {
      sessionToken: { name: `${prefix}winauthmon.session`, options },
      csrfToken: { name: `${prefix}winauthmon.csrf`, options },
      callbackUrl: { name: `${prefix}winauthmon.return`, options },
    },
    logger: {
      error(error) {
        if (error instanceof SignInRefused) return;
        logger.error({ err: error }, "sign-in failed for a reason of ours");
      },
      warn: (code) => logger.debug({ code }, "next-auth warns"),
      debug: () => undefined,
    },
  } satisfies NextAuthConfig;
});
