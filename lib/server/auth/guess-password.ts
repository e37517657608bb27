import { isAppError } from "@/lib/errors";
import {
  findSoughtAccount,
  signInWithPassword,
  type SignInAttempt,
  type SignInOutcome,
  type SoughtAccount,
} from "@/lib/services/auth/sign-in";
import type { LimitSubject } from "../rate-limit/limit-key";
import { guess } from "../rate-limit/limiter";

export const isWrongGuess = (error: unknown) =>
  isAppError(error) && (error.code === "unauthenticated" || error.code === "invalid");

/**
 * Checks a password within the limits. An account's wrong ones are counted together, however it is spelled.
 *
 * @throws AppError `limited` or `unauthenticated`.
 */
export async function guessPassword(attempt: SignInAttempt): Promise<SignInOutcome> {
  const account = await findSoughtAccount(attempt.login);
  return guess(
    [
      ["sign-in-account", subjectOf(account)],
      ["sign-in-address", { address: attempt.address }],
    ],
    isWrongGuess,
    () => signInWithPassword(attempt, account),
  );
}

function subjectOf(account: SoughtAccount): LimitSubject {
  return account.user ? { userId: account.user.id } : { loginKey: account.loginKey };
}
