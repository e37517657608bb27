import QRCode from "qrcode";
import { database, type Transaction } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { findUsers } from "@/db/queries/global/users";
import {
  clearMfa,
  countUnusedRecoveryCodes,
  findMfaSecret,
  replaceRecoveryCodes,
  storeMfaSecret,
} from "@/db/queries/users/mfa";
import { lockSignInUser } from "@/db/queries/users/sign-in";
import { AppError } from "@/lib/errors";
import { seal, unseal } from "@/lib/secret-box";
import type { AuditActor } from "../audit/actor";
import { recordFailure } from "../audit/record-failure";
import { wrongCode } from "../auth/second-step";
import { endSessionsOf, type LiveSession } from "../auth/sessions";
import { ownSource, tellSecondStep } from "../mail/security-notices";
import { tellMfaOff } from "../notifications/tell-users";
import { newRecoveryCodes, recoveryCodeDigest } from "./recovery-codes";
import { takeCode } from "./take-code";
import { matchTotp, newTotpSecret, sealTotpSecret, totpAddress } from "./totp";

const OFFER_MILLISECONDS = 30 * 60_000;

/** A secret offered to a person; nothing is stored until a code proves that the app has it. */
export interface MfaOffer {
  /** Base32, to be typed where a QR code cannot be read. */
  secret: string;
  /** An SVG picture of the otpauth:// address as a data: address. */
  qrCode: string;
  /** Carries the secret to the confirmation: sealed, for this user alone, good for half an hour. */
  offer: string;
}

/** Makes up a secret for the user's authenticator app. */
export async function offerMfa(user: { userId: number; username: string }): Promise<MfaOffer> {
  const secret = newTotpSecret();
  const svg = await QRCode.toString(totpAddress(secret, user.username), { type: "svg", margin: 2 });
  const content = { userId: user.userId, secret, expiresAt: Date.now() + OFFER_MILLISECONDS };
  return {
    secret,
    qrCode: `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`,
    offer: seal(JSON.stringify(content), "mfa").toString("base64url"),
  };
}

function secretOfOffer(offer: string, userId: number): string {
  try {
    const read = JSON.parse(unseal(Buffer.from(offer, "base64url"), "mfa")) as Record<string, unknown>;
    if (read.userId === userId && typeof read.secret === "string" && Number(read.expiresAt) > Date.now()) {
      return read.secret;
    }
  } catch {
    // Told below, as an offer that is over.
  }
  throw new AppError("invalid", { key: "errors.setUpExpired" });
}

export interface MfaConfirmation {
  offer: string;
  /** From the app that has just been given the offered secret. */
  code: string;
  /** From the app in use so far, or a recovery code; asked when the second step is on already. */
  currentCode: string;
}

/**
 * Switches the second step on, or over to a new app, once a code proves that the app has the secret. Sessions opened
 * without it end, but not the present one.
 *
 * @returns ten recovery codes, to be shown this once.
 * @throws AppError `invalid`: on `code` or `currentCode` for a wrong one, else for an offer that is over.
 */
export async function confirmMfa(
  actor: AuditActor,
  session: LiveSession,
  { offer, code, currentCode }: MfaConfirmation,
): Promise<string[]> {
  const action = "user.enable-mfa";
  const secret = secretOfOffer(offer, session.userId);
  const counter = matchTotp(secret, code.replaceAll(/\s/g, ""), Date.now());
  if (counter === null) return refuse(actor, session, action);
  const codes = await database().transaction(async (tx) => {
    // Locked, so that an intruder at an open browser can't replace the owner's app by a race.
    await lockSignInUser(tx, session.userId);
    const isReplacement = (await findMfaSecret(tx, session.userId)) !== null;
    if (isReplacement && !(await takeCode(tx, session.userId, currentCode))) return null;
    await storeMfaSecret(tx, session.userId, sealTotpSecret(secret), counter);
    const endedSessions = await endSessionsOf(tx, session.userId, { exceptSessionId: session.sessionId });
    const after = { mfaEnabled: true, isReplacement, endedSessions };
    await insertAuditRow(tx, { ...auditOf(actor, session, action), after });
    if (isReplacement) await tellSecondStep(tx, session, "replaced", ownSource(actor));
    return renewCodes(tx, session.userId);
  });
  return codes ?? refuse(actor, session, action, "currentCode");
}

/** Switches the second step off. @throws AppError `invalid` on `code`; `conflict` while policy demands it. */
export async function disableMfa(actor: AuditActor, session: LiveSession, code: string): Promise<void> {
  if (session.isMfaRequired) {
    throw new AppError("conflict", { key: "errors.twoFactorRequired" });
  }
  const isDone = await database().transaction(async (tx) => {
    if (!(await takeCode(tx, session.userId, code))) return false;
    await clearMfa(tx, session.userId);
    const after = { mfaEnabled: false };
    await insertAuditRow(tx, { ...auditOf(actor, session, "user.disable-mfa"), after });
    const [user] = await findUsers([session.userId], tx);
    if (user) await tellMfaOff(tx, user, session.username);
    await tellSecondStep(tx, session, "off", ownSource(actor));
    return true;
  });
  if (!isDone) await refuse(actor, session, "user.disable-mfa");
}

/** Puts ten new recovery codes in the place of the old ones. @throws AppError `invalid` on `code`. */
export async function renewRecoveryCodes(
  actor: AuditActor,
  session: LiveSession,
  code: string,
): Promise<string[]> {
  const action = "user.renew-recovery-codes";
  const codes = await database().transaction(async (tx) => {
    if (!(await takeCode(tx, session.userId, code))) return null;
    await insertAuditRow(tx, auditOf(actor, session, action));
    return renewCodes(tx, session.userId);
  });
  return codes ?? refuse(actor, session, action);
}

async function renewCodes(tx: Transaction, userId: number): Promise<string[]> {
  const codes = newRecoveryCodes();
  await replaceRecoveryCodes(tx, userId, codes.map(recoveryCodeDigest));
  return codes;
}

function auditOf(actor: AuditActor, { userId, username }: LiveSession, action: string) {
  return { ...actor, companyId: null, action, targetType: "user", targetId: userId, targetName: username };
}

async function refuse(
  actor: AuditActor,
  session: LiveSession,
  action: string,
  field: "code" | "currentCode" = "code",
): Promise<never> {
  await recordFailure({ ...auditOf(actor, session, action), after: { reason: "wrong code" } });
  throw wrongCode(field);
}

/** How many recovery codes are still unused. */
export function countRecoveryCodesLeft(userId: number): Promise<number> {
  return countUnusedRecoveryCodes(userId);
}
