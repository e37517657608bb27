import { database } from "@/db/client";
import { countTokenTry, findTokenUserId, spendToken } from "@/db/queries/users/one-time-tokens";
import { AppError } from "@/lib/errors";
import { recordFailure } from "../audit/record-failure";
import { takeCode } from "../mfa/take-code";
import {
  actorOf,
  lockActiveSignInUser,
  openSession,
  ticketDigest,
  type SignedInSession,
  type SignInCircumstances,
} from "./sign-in";

export const MAX_CODE_TRIES = 5;
const ACTION = "session.second-step";

/** The user whose second step a ticket is for; null when it is unknown, used or over five minutes old. */
export function findTicketUserId(ticket: string): Promise<number | null> {
  return findTokenUserId(ticketDigest(ticket), "second-step");
}

export function restartNeeded(): AppError {
  return new AppError("unauthenticated", { key: "errors.signInExpired" });
}

export interface SecondStep extends SignInCircumstances {
  ticket: string;
  /** From the authenticator app, or a recovery code. */
  code: string;
}

/**
 * Finishes a sign-in with a code; each code works once, and so does the ticket.
 *
 * @throws AppError `invalid` on the field `code` for a wrong one; `unauthenticated` when the sign-in must start again:
 * after five wrong codes, five minutes, or a change of the user's access.
 */
export async function finishSignIn({ ticket, code, ...from }: SecondStep): Promise<SignedInSession> {
  const digest = ticketDigest(ticket);
  const userId = await findTicketUserId(ticket);
  if (userId === null) throw restartNeeded();
  const result = await database().transaction(async (tx) => {
    // Locked before the ticket, as when all sign-ins of the user are ended, to avoid a deadlock.
    const user = await lockActiveSignInUser(tx, userId);
    const tried = user && (await countTokenTry(tx, digest, "second-step", MAX_CODE_TRIES));
    if (!user || !tried) return null;
    const kind = await takeCode(tx, user.id, code);
    if (!kind) return { user, triesLeft: MAX_CODE_TRIES - tried.tries };
    await spendToken(tx, digest, "second-step");
    return openSession(tx, user, from, kind);
  });
  if (!result) throw restartNeeded();
  if ("step" in result) return result;
  const { user, triesLeft } = result;
  await recordFailure({ ...actorOf(from, user), action: ACTION, after: { reason: "wrong code", triesLeft } });
  if (triesLeft === 0) throw restartNeeded();
  throw wrongCode();
}

/** The answer to a wrong code, wherever one is asked for. */
export function wrongCode(field: "code" | "currentCode" = "code"): AppError {
  return new AppError("invalid", { key: "errors.codeRefused" }, [
    { field, message: { key: "errors.codeWrong" } },
  ]);
}
