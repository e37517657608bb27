import { isBrowserOf } from "@/lib/domain/known-browser";
import { isAppError } from "@/lib/errors";
import {
  findSoughtAccount,
  signInWithPassword,
  type SignInAttempt,
  type SignInOutcome,
  type SoughtAccount,
} from "@/lib/services/auth/sign-in";
import { assertNotUsedUp, guess, type Limit } from "../rate-limit/limiter";

export const isWrongGuess = (error: unknown) =>
  isAppError(error) && (error.code === "unauthenticated" || error.code === "invalid");

/**
 * Checks a password within the limits. An account's wrong ones are counted together, however it is spelled: those from
 * one address, and those from everywhere. A browser that the account has signed in with has a count of its own
 * instead, so that others' tries don't lock its owner out.
 *
 * @throws AppError `limited` or `unauthenticated`.
 */
export async function guessPassword(attempt: SignInAttempt): Promise<SignInOutcome> {
  const account = await findSoughtAccount(attempt.login);
  const { exact, afterwards } = limitsOf(attempt, account);
  const assertWanted = () => assertNotUsedUp(afterwards);
  return guess(exact, isWrongGuess, () => signInWithPassword(attempt, account, assertWanted), afterwards);
}

function limitsOf(
  { address, browser }: SignInAttempt,
  account: SoughtAccount,
): { exact: Limit[]; afterwards: Limit[] } {
  const subject = account.user ? { userId: account.user.id } : { loginKey: account.loginKey };
  if (browser && account.user && isBrowserOf(browser, account.user.id, Date.now())) {
    return { exact: [["sign-in-account", subject, { browserId: browser.id }]], afterwards: [] };
  }
  return {
    exact: [
      ["sign-in-account", subject, { address }],
      ["sign-in-everywhere", subject],
    ],
    afterwards: [["sign-in-address", { address }]],
  };
}
