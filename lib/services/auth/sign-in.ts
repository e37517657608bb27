import { randomBytes } from "node:crypto";
import { database, type Transaction } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { loginKeyOf } from "@/db/queries/users/login-key";
import { insertToken } from "@/db/queries/users/one-time-tokens";
import { insertSession, revokeAnySession } from "@/db/queries/users/sessions";
import {
  findUserByLogin,
  lockSignInUser,
  refreshPasswordHash,
  type SignInUser,
} from "@/db/queries/users/sign-in";
import { isBrowserOf, type KnownBrowser } from "@/lib/domain/known-browser";
import { loginTextOf } from "@/lib/domain/login";
import type { Text } from "@/lib/domain/text";
import { storableText } from "@/lib/error-text";
import { AppError } from "@/lib/errors";
import { digestOf, secretsFrom } from "@/lib/secret-box";
import { recordFailure } from "../audit/record-failure";
import { tellNewBrowser } from "../mail/security-notices";
import { hashPassword, isOutdatedHash, verifyPassword } from "../passwords/hash-password";
import type { HashTurn } from "../passwords/password-queue";
import { readSettings } from "../settings/read-settings";

export const TICKET_SECONDS = 5 * 60;
/** 36 bits: enough to tell attempts apart, and of no use to anyone who has the trail but not AUTH_SECRET. */
const LOGIN_CODE_LENGTH = 6;

/** Where a sign-in comes from and what it is to become. */
export interface SignInCircumstances {
  address: string;
  userAgent: string | null;
  isRemembered: boolean;
  /** The browser it comes from and who has signed in with it before; null if no one has. */
  browser: KnownBrowser | null;
  /** The live session of any user in this browser; it ends, so that no session outlives a new sign-in. */
  replacedSessionId: string | null;
}

export interface SignInAttempt extends SignInCircumstances {
  /** Username or e-mail address, as typed. */
  login: string;
  password: string;
}

export interface SignedInSession {
  step: "done";
  userId: number;
  sessionId: string;
  expiresAt: Date;
}

export type SignInOutcome = SignedInSession | { step: "second-step"; ticket: string };

/** One text whatever was wrong, or a registration would tell by it whether an address had an account before. */
export const SIGN_IN_REFUSED: Text = { key: "errors.signInRefused" };

/** Who is meant by what was typed: the account, or without one the key that all spellings of the text share. */
export type SoughtAccount = { user: SignInUser } | { user: null; loginKey: string };

/** Finds the account of a username or e-mail address, however spelled. */
export async function findSoughtAccount(typed: string): Promise<SoughtAccount> {
  const login = loginTextOf(typed);
  if (login === null) return { user: null, loginKey: "" };
  const user = await findUserByLogin(login);
  return user ? { user } : { user: null, loginKey: await loginKeyOf(login) };
}

/**
 * Checks a password; opens a session, or for a user with a second step gives a one-time ticket for it, good for five
 * minutes.
 *
 * @throws AppError `unauthenticated`, with the same message and after the same time for an unknown user, a wrong
 * password and an inactive account; `limited` when too many passwords wait to be checked.
 */
export async function signInWithPassword(
  attempt: SignInAttempt,
  account?: SoughtAccount,
  assertWanted?: HashTurn["assertWanted"],
): Promise<SignInOutcome> {
  const sought = account ?? (await findSoughtAccount(attempt.login));
  const { user } = sought;
  const turn = hashTurnOf(attempt, user);
  const isRight = await verifyPassword(attempt.password, user?.password ?? null, { ...turn, assertWanted });
  if (!user || !isRight || !user.isActive) {
    await recordFailure({
      ...actorOf(attempt, user),
      action: "session.sign-in",
      after: { reason: user && isRight ? "inactive" : "wrong", ...auditedLogin(attempt.login, sought) },
    });
    throw new AppError("unauthenticated", SIGN_IN_REFUSED);
  }
  const freshHash = isOutdatedHash(user.password) ? await hashPassword(attempt.password, turn) : null;
  return database().transaction(async (tx) => {
    if (freshHash) await refreshPasswordHash(tx, user.id, user.password, freshHash);
    if (user.mfaEnabled) return { step: "second-step", ticket: await issueTicket(tx, user) };
    return openSession(tx, user, attempt, "password");
  });
}

/**
 * What the trail keeps of a refused login: the text only if it names a user. Any other may be a password, typed into
 * the wrong field; its code is the same for each attempt with it, in any spelling.
 */
function auditedLogin(typed: string, sought: SoughtAccount): { login: string } | { loginCode: string } {
  if (sought.user) return { login: typed.trim() };
  const [secret] = secretsFrom(sought.loginKey, "typed-login");
  return { loginCode: secret.slice(0, LOGIN_CODE_LENGTH) };
}

function hashTurnOf({ browser, address }: SignInAttempt, user: SignInUser | null): HashTurn {
  const isKnown = browser !== null && user !== null && isBrowserOf(browser, user.id, Date.now());
  return isKnown ? { asker: `browser ${browser.id}`, isKnown } : { asker: `address ${address}`, isKnown };
}

/** @throws AppError `unauthenticated` when all sign-ins were ended, as by a new password, since the user was read. */
async function issueTicket(tx: Transaction, { id: userId, sessionVersion }: SignInUser): Promise<string> {
  const present = await lockSignInUser(tx, userId);
  if (present?.sessionVersion !== sessionVersion) throw new AppError("unauthenticated", SIGN_IN_REFUSED);
  const ticket = randomBytes(32).toString("base64url");
  await insertToken(tx, {
    tokenDigest: ticketDigest(ticket),
    userId,
    purpose: "second-step",
    expiresAt: new Date(Date.now() + TICKET_SECONDS * 1000),
    createdByUserId: null,
  });
  return ticket;
}

export function ticketDigest(ticket: string): string {
  return digestOf(ticket).toString("hex");
}

/** Opens a session of the user as read before, with its audit row; a change of access meanwhile leaves it dead. */
export async function openSession(
  tx: Transaction,
  user: SignInUser,
  from: SignInCircumstances,
  method: "password" | "authenticator" | "recovery code",
): Promise<SignedInSession> {
  const { sessionAbsoluteHours, rememberMeDays } = await readSettings();
  const hours = from.isRemembered ? rememberMeDays * 24 : sessionAbsoluteHours;
  const expiresAt = new Date(Date.now() + hours * 3_600_000);
  const sessionId = await insertSession(tx, {
    userId: user.id,
    sessionVersion: user.sessionVersion,
    expiresAt,
    isRemembered: from.isRemembered,
    address: from.address,
    userAgent: from.userAgent && storableText(from.userAgent).slice(0, 500),
  });
  const isKnownBrowser = isBrowserOf(from.browser, user.id, Date.now());
  await insertAuditRow(tx, {
    ...actorOf(from, user),
    companyId: null,
    action: "session.sign-in",
    targetType: "session",
    targetId: sessionId,
    after: { method, isRemembered: from.isRemembered, isKnownBrowser },
  });
  if (from.replacedSessionId) await endReplaced(tx, user, from, from.replacedSessionId);
  // The first sign-in of an account is always from a new browser, and no news to its owner.
  if (!isKnownBrowser && user.lastSignInAt !== null) {
    const owner = { userId: user.id, email: user.email };
    await tellNewBrowser(tx, owner, { by: null, address: from.address, userAgent: from.userAgent });
  }
  return { step: "done", userId: user.id, sessionId, expiresAt };
}

/** A session of another person gets a row of its own: that of the sign-in tells nothing about it. */
async function endReplaced(
  tx: Transaction,
  user: SignInUser,
  from: SignInCircumstances,
  sessionId: string,
): Promise<void> {
  const owner = await revokeAnySession(tx, sessionId);
  if (!owner || owner.userId === user.id) return;
  await insertAuditRow(tx, {
    ...actorOf(from, user),
    companyId: null,
    action: "session.end",
    targetType: "session",
    targetId: sessionId,
    targetName: owner.username,
  });
}

/** The user of a half-done sign-in, locked and read again, since access may have changed since the password. */
export async function lockActiveSignInUser(tx: Transaction, userId: number): Promise<SignInUser | null> {
  const user = await lockSignInUser(tx, userId);
  return user?.isActive ? user : null;
}

export function actorOf(from: { address: string }, user: { id: number; username: string } | null) {
  return { actorUserId: user?.id ?? null, actorName: user?.username ?? null, address: from.address };
}
