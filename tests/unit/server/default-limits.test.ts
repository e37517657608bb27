import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AppError } from "@/lib/errors";
import { refreshEnv } from "@/lib/env";
import { processState } from "@/lib/process-state";
import { guess, type Limit } from "@/lib/server/rate-limit/limiter";
import { readProjectFile } from "../../support/dockerfile";
import { provideUnheldRefusals } from "../../support/unheld-refusals";

const MINUTE = 60_000;
const WRONG = new AppError("unauthenticated", "wrong");
/** The limits of sign-ins with no variable set, as docs/operations.md tells administrators. */
const DEFAULTS = [
  ["sign-in-account", 10, 15, "RATE_LIMIT_SIGN_IN_PER_ACCOUNT"],
  ["sign-in-everywhere", 100, 60, "RATE_LIMIT_SIGN_IN_PER_ACCOUNT_EVERYWHERE"],
  ["sign-in-address", 50, 15, "RATE_LIMIT_SIGN_IN_PER_ADDRESS"],
] as const;
/** Those that have no variable, under the words of the guide. */
const FIXED = [
  ["mfa-code", 10, 60, "incorrect two-factor codes of one user"],
  [
    "own-password",
    10,
    15,
    "incorrect passwords of one signed-in user, who confirms an action or changes the password",
  ],
  ["register-address", 10, 60, "registrations from one address"],
  ["register-all", 200, 60, "registrations from everywhere"],
  ["reset-address", 20, 15, "requests for a link to a new password from one address"],
  ["dead-link", 20, 15, "links from emails that no longer work, opened from one address"],
  [
    "name-guess",
    10,
    60,
    "refused usernames and email addresses that one administrator of some companies tries",
  ],
] as const;
const VARIABLES = ["RATE_LIMIT_ENABLED", "REDIS_URL", ...DEFAULTS.map(([, , , variable]) => variable)];

provideUnheldRefusals();
beforeEach(() => {
  for (const name of VARIABLES) vi.stubEnv(name, undefined);
  refreshEnv();
  processState("limiters", () => new Map()).clear();
  // The beginning of an hour, which is that of a window of each limit.
  vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 0, 5, 10) });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  refreshEnv();
});

async function guessWrong(limit: Limit): Promise<string> {
  const wrong = guess(
    [limit],
    (error) => error === WRONG,
    () => Promise.reject(WRONG),
  );
  return wrong.catch((error: AppError) => error.code);
}

async function countGuesses(limit: Limit): Promise<number> {
  for (let count = 0; ; count += 1) {
    if ((await guessWrong(limit)) === "limited") return count;
  }
}

describe.each(DEFAULTS)("without a setting, %s", (kind, count, minutes, variable) => {
  it(`takes ${count} wrong passwords in ${minutes} minutes, and as many again after that`, async () => {
    const limit: Limit = [kind, { loginKey: randomUUID() }];
    const start = Date.now();
    expect(await countGuesses(limit)).toBe(count);
    // The last window weighs in by the share of it that is still in view.
    vi.setSystemTime(start + minutes * MINUTE);
    expect(await countGuesses(limit)).toBe(0);
    vi.setSystemTime(start + 2 * minutes * MINUTE);
    expect(await countGuesses(limit)).toBe(count);
  });

  it("is what the guide tells of the variable", () => {
    const row = readProjectFile("docs/operations.md")
      .split("\n")
      .find((line) => line.includes(`| \`${variable}\` |`));
    const time = minutes === 60 ? "an hour" : `${minutes} minutes`;
    expect(row).toContain(`| ${count} in ${time} |`);
  });
});

it.each(FIXED)(
  "%s, which has no variable, takes %d in %d minutes, as the guide tells",
  async (kind, count, minutes, words) => {
    const time = minutes === 60 ? "an hour" : `${minutes} minutes`;
    expect(readProjectFile("docs/operations.md")).toContain(`| ${words} | ${count} in ${time} |`);
    const limit: Limit = [kind, { loginKey: randomUUID() }];
    const start = Date.now();
    expect(await countGuesses(limit)).toBe(count);
    vi.setSystemTime(start + minutes * MINUTE - 1);
    expect(await guessWrong(limit)).toBe("limited");
    vi.setSystemTime(start + 2 * minutes * MINUTE);
    expect(await countGuesses(limit)).toBe(count);
  },
);
