import { randomBytes } from "node:crypto";
import { cookies, headers } from "next/headers";
import { z } from "zod";
import { KNOWN_BROWSER_DAYS, withSignIn, type KnownBrowser } from "@/lib/domain/known-browser";
import { seal, unseal } from "@/lib/secret-box";
import { isHttpsRequest } from "../is-https";

const content = z.object({
  id: z.string().regex(/^[\w-]{22}$/),
  signIns: z.array(z.object({ userId: z.int().positive(), at: z.int().positive() })).max(100),
});

/** The cookie's value: sealed, so it can't be forged and doesn't show who has signed in. */
export function sealBrowser(browser: KnownBrowser): string {
  return seal(JSON.stringify(browser), "browser").toString("base64url");
}

/** The browser that a cookie's value tells of; null when we did not make it. */
export function openBrowser(value: string | undefined): KnownBrowser | null {
  if (!value) return null;
  try {
    return content.parse(JSON.parse(unseal(Buffer.from(value, "base64url"), "browser")));
  } catch {
    return null;
  }
}

const cookieName = (isHttps: boolean) => `${isHttps ? "__Host-" : ""}winauthmon.browser`;

/** The browser of this request, with who has signed in there before; null if no one has. */
export async function currentBrowser(): Promise<KnownBrowser | null> {
  const isHttps = isHttpsRequest(await headers());
  return openBrowser((await cookies()).get(cookieName(isHttps))?.value);
}

/** Notes in the browser's own cookie that the user has signed in there. Call it after a whole sign-in only. */
export async function rememberBrowser(userId: number): Promise<void> {
  const browser = (await currentBrowser()) ?? { id: randomBytes(16).toString("base64url"), signIns: [] };
  const isHttps = isHttpsRequest(await headers());
  (await cookies()).set(cookieName(isHttps), sealBrowser(withSignIn(browser, userId, Date.now())), {
    httpOnly: true,
    sameSite: "lax",
    path: "/",
    secure: isHttps,
    maxAge: KNOWN_BROWSER_DAYS * 24 * 3600,
  });
}
