import { env } from "@/lib/env";
import { AppError, isAppError } from "@/lib/errors";
import { signInWithPassword, type SignInAttempt } from "@/lib/services/auth/sign-in";
import { WindowLimiter } from "../rate-limit/window-limiter";

const WINDOW_SECONDS = 15 * 60;

interface Throttle {
  account: WindowLimiter;
  address: WindowLimiter;
}

const shared = globalThis as { winauthmonSignInThrottle?: Throttle };

function throttle(): Throttle {
  shared.winauthmonSignInThrottle ??= {
    account: new WindowLimiter(env().RATE_LIMIT_SIGN_IN_PER_ACCOUNT, WINDOW_SECONDS),
    address: new WindowLimiter(env().RATE_LIMIT_SIGN_IN_PER_ADDRESS, WINDOW_SECONDS),
  };
  return shared.winauthmonSignInThrottle;
}

/**
 * Signs in unless too many wrong guesses were made for this account, or from this address, of late.
 *
 * Only wrong guesses count, so nobody is kept out by signing in often; one is counted before it is checked and
 * taken back when right, so that many at once cannot slip through together.
 * @throws AppError `limited` or `unauthenticated`.
 */
export async function signInThrottled(
  attempt: SignInAttempt,
): Promise<{ userId: number; sessionId: string }> {
  if (!env().RATE_LIMIT_ENABLED) return signInWithPassword(attempt);
  const { account, address } = throttle();
  const name = attempt.login.trim().toLowerCase();
  const verdicts = [account.use(name), address.use(attempt.address)];
  const refused = verdicts.find((verdict) => !verdict.isAllowed);
  if (refused) {
    const seconds = Math.max(1, refused.resetAtSeconds - Math.floor(Date.now() / 1000));
    const minutes = Math.ceil(seconds / 60);
    throw new AppError(
      "limited",
      `Too many failed sign-ins. Try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`,
      [],
      seconds,
    );
  }
  try {
    const signedIn = await signInWithPassword(attempt);
    account.takeBack(name);
    address.takeBack(attempt.address);
    return signedIn;
  } catch (error) {
    if (!isAppError(error)) {
      account.takeBack(name);
      address.takeBack(attempt.address);
    }
    throw error;
  }
}
