import { cookies, headers } from "next/headers";
import { finishSignIn, findTicketUserId, restartNeeded } from "@/lib/services/auth/second-step";
import { TICKET_SECONDS, type SignedInSession, type SignInCircumstances } from "@/lib/services/auth/sign-in";
import { clientAddressOf } from "../client-address";
import { currentUser } from "../guards";
import { isHttpsRequest } from "../is-https";
import { guess } from "../rate-limit/limiter";
import { guessPassword, isWrongGuess } from "./guess-password";
import { currentBrowser, rememberBrowser } from "./known-browser";
import { sessionCookieName, signIn } from "./next-auth";
import { sessionPass } from "./session-pass";

const TICKET_PATH = "/mfa";

async function circumstances(isRemembered: boolean): Promise<SignInCircumstances> {
  const given = await headers();
  return {
    address: clientAddressOf(given),
    userAgent: given.get("user-agent"),
    isRemembered,
    browser: await currentBrowser(),
    replacedSessionId: (await currentUser())?.session.sessionId ?? null,
  };
}

/**
 * First step: the password. Says whether a code is asked for next; if not, the person is signed in.
 *
 * Only wrong guesses count against the limits, so signing in often locks no one out.
 * @throws AppError `limited` or `unauthenticated`.
 */
export async function takePassword(login: string, password: string, isRemembered: boolean) {
  const from = await circumstances(isRemembered);
  const outcome = await guessPassword({ ...from, login, password });
  if (outcome.step === "done") await putSessionCookie(outcome, isRemembered);
  else await putTicketCookie(outcome.ticket, isRemembered);
  return outcome.step;
}

/** Second step: the code. @throws AppError `limited`, `invalid` (wrong code) or `unauthenticated` (start again). */
export async function takeSecondStep(code: string): Promise<void> {
  const held = await heldTicket();
  const userId = held && (await findTicketUserId(held.ticket));
  if (!held || !userId) throw restartNeeded();
  const from = await circumstances(held.isRemembered);
  const session = await guess([["mfa-code", { userId }]], isWrongGuess, () =>
    finishSignIn({ ...from, ticket: held.ticket, code }),
  );
  await dropTicketCookie();
  await putSessionCookie(session, held.isRemembered);
}

/** Whether this browser is between the two steps of a sign-in. */
export async function awaitsSecondStep(): Promise<boolean> {
  const held = await heldTicket();
  return held !== null && (await findTicketUserId(held.ticket)) !== null;
}

async function putSessionCookie(session: SignedInSession, isRemembered: boolean): Promise<void> {
  await signIn("login", { pass: sessionPass(session.userId, session.sessionId), redirect: false });
  // next-auth gives every cookie the same age; an unremembered one should go when the browser closes.
  const isHttps = isHttpsRequest(await headers());
  const jar = await cookies();
  const name = sessionCookieName(isHttps);
  const value = jar.get(name)?.value;
  if (!value) throw new Error("next-auth set no session cookie.");
  jar.set(name, value, {
    httpOnly: true,
    sameSite: "lax",
    path: "/",
    secure: isHttps,
    ...(isRemembered && { expires: session.expiresAt }),
  });
  await rememberBrowser(session.userId);
}

// A prefix of __Host- would demand the path "/", and this cookie is for one page only.
const ticketCookieName = (isHttps: boolean) => `${isHttps ? "__Secure-" : ""}winauthmon.ticket`;

async function putTicketCookie(ticket: string, isRemembered: boolean): Promise<void> {
  const isHttps = isHttpsRequest(await headers());
  (await cookies()).set(ticketCookieName(isHttps), `${isRemembered ? "r" : "s"}.${ticket}`, {
    httpOnly: true,
    sameSite: "strict",
    path: TICKET_PATH,
    secure: isHttps,
    maxAge: TICKET_SECONDS,
  });
}

export async function dropTicketCookie(): Promise<void> {
  const isHttps = isHttpsRequest(await headers());
  (await cookies()).set(ticketCookieName(isHttps), "", {
    httpOnly: true,
    sameSite: "strict",
    path: TICKET_PATH,
    secure: isHttps,
    maxAge: 0,
  });
}

async function heldTicket(): Promise<{ ticket: string; isRemembered: boolean } | null> {
  const isHttps = isHttpsRequest(await headers());
  const value = (await cookies()).get(ticketCookieName(isHttps))?.value;
  const [, kind, ticket] = /^([rs])\.([\w-]{43})$/.exec(value ?? "") ?? [];
  return ticket ? { ticket, isRemembered: kind === "r" } : null;
}
