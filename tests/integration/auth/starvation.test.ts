import { randomBytes } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { KnownBrowser } from "@/lib/domain/known-browser";
import { refreshEnv } from "@/lib/env";
import { guessPassword } from "@/lib/server/auth/guess-password";
import { GOOD_PASSWORD, makeUser, preparePeople } from "../../support/sign-in-people";
import { provideUnheldRefusals } from "../../support/unheld-refusals";

provideUnheldRefusals();

const PER_ADDRESS_AND_ACCOUNT = 3;
const EVERYWHERE = 8;
const PER_ADDRESS = 5;

let person: { name: string; id: number };
let nextAddress = 0;

beforeAll(async () => {
  await preparePeople();
  Object.assign(process.env, {
    RATE_LIMIT_ENABLED: "true",
    RATE_LIMIT_SIGN_IN_PER_ACCOUNT: String(PER_ADDRESS_AND_ACCOUNT),
    RATE_LIMIT_SIGN_IN_PER_ACCOUNT_EVERYWHERE: String(EVERYWHERE),
    RATE_LIMIT_SIGN_IN_PER_ADDRESS: String(PER_ADDRESS),
  });
  refreshEnv();
});

beforeEach(async () => {
  const user = await makeUser();
  person = { name: user.username, id: user.id };
});

const newAddress = () => `198.51.100.${(nextAddress += 1)}`;

const browserOf = (userId: number): KnownBrowser => ({
  id: randomBytes(16).toString("base64url"),
  signIns: [{ userId, at: Date.now() }],
});

interface Try {
  login?: string;
  address?: string;
  browser?: KnownBrowser | null;
}

async function signIn(password: string, { login, address, browser }: Try = {}): Promise<string> {
  const from = { userAgent: null, isRemembered: false, replacedSessionId: null };
  const attempt = {
    ...from,
    login: login ?? person.name,
    password,
    address: address ?? newAddress(),
    browser: browser ?? null,
  };
  try {
    return (await guessPassword(attempt)).step;
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return code === "limited" ? message : code;
  }
}

async function guessFrom(address: string, times: number, given: Try = {}): Promise<string[]> {
  const answers: string[] = [];
  for (let i = 0; i < times; i += 1) answers.push(await signIn("wrong", { ...given, address }));
  return answers;
}

/** Wrong passwords of one account from as many addresses as it takes. */
async function useUpEverywhere(): Promise<void> {
  for (let left = EVERYWHERE; left > 0; left -= PER_ADDRESS_AND_ACCOUNT) {
    await guessFrom(newAddress(), Math.min(left, PER_ADDRESS_AND_ACCOUNT));
  }
}

describe("wrong passwords of others", () => {
  test("from one address stop there and nowhere else", async () => {
    const attacker = newAddress();
    const answers = await guessFrom(attacker, PER_ADDRESS_AND_ACCOUNT + 1);
    expect(answers.slice(0, -1)).toEqual(Array(PER_ADDRESS_AND_ACCOUNT).fill("unauthenticated"));
    expect(answers.at(-1)).toMatch(/Too many attempts. Try again in \d+ minutes?\./);
    expect(await signIn(GOOD_PASSWORD, { address: attacker })).toMatch(/Too many attempts/);
    expect(await signIn(GOOD_PASSWORD)).toBe("done");
  });

  test("from everywhere stop new browsers in words, and never one that the account has signed in with", async () => {
    await useUpEverywhere();
    expect(await signIn(GOOD_PASSWORD)).toMatch(/from several places.*used before.*\d+ minutes?\./);
    expect(await signIn(GOOD_PASSWORD, { browser: browserOf(person.id) })).toBe("done");
  });

  test("are not passed by a browser that somebody else has signed in with", async () => {
    const other = await makeUser();
    await useUpEverywhere();
    expect(await signIn(GOOD_PASSWORD, { browser: browserOf(other.id) })).toMatch(/from several places/);
  });

  test("for many accounts from one address leave in those who are known there", async () => {
    const office = newAddress();
    for (let i = 0; i < PER_ADDRESS; i += 1)
      await guessFrom(office, 1, { login: `nobody-${person.name}-${i}` });
    expect(await signIn(GOOD_PASSWORD, { address: office })).toMatch(/Too many attempts/);
    expect(await signIn(GOOD_PASSWORD, { address: office, browser: browserOf(person.id) })).toBe("done");
  });
});

test("wrong passwords that wait for their turn together don't slip past the limit of their address", async () => {
  process.env.BCRYPT_COST = "10";
  refreshEnv();
  const attacker = newAddress();
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, i) =>
      signIn("wrong", { login: `nobody-${person.name}-${i}`, address: attacker }),
    ),
  );
  process.env.BCRYPT_COST = "4";
  refreshEnv();
  const judged = answers.filter((answer) => answer === "unauthenticated").length;
  expect(judged).toBeGreaterThanOrEqual(PER_ADDRESS);
  // A wrong one is counted when it is known to be: a few more begin meanwhile.
  expect(judged).toBeLessThan(20);
  expect(answers.filter((answer) => /Too many attempts/.test(answer))).toHaveLength(40 - judged);
});

describe("a known browser", () => {
  test("has a limit of its own, whatever address it comes from, and uses up nobody else's", async () => {
    const browser = browserOf(person.id);
    for (let i = 0; i < PER_ADDRESS_AND_ACCOUNT; i += 1) {
      expect(await signIn("wrong", { browser })).toBe("unauthenticated");
    }
    expect(await signIn(GOOD_PASSWORD, { browser })).toMatch(/Too many attempts/);
    expect(await signIn(GOOD_PASSWORD, { browser: browserOf(person.id) })).toBe("done");
    expect(await signIn(GOOD_PASSWORD)).toBe("done");
  });
});

test("as many right passwords at once as there are people in an office all get in", async () => {
  const office = newAddress();
  const users = await Promise.all(Array.from({ length: PER_ADDRESS * 3 }, () => makeUser()));
  const answers = await Promise.all(
    users.map(({ username }) => signIn(GOOD_PASSWORD, { login: username, address: office })),
  );
  expect(answers).toEqual(Array(PER_ADDRESS * 3).fill("done"));
});
