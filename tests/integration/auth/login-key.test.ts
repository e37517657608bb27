import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { findUserIdByName, insertUser } from "@/db/queries/global/users";
import { loginKeyOf } from "@/db/queries/users/login-key";
import { database } from "@/db/client";
import { refreshEnv } from "@/lib/env";
import { isUniqueViolation } from "@/lib/errors";
import { guessPassword } from "@/lib/server/auth/guess-password";
import { findSoughtAccount } from "@/lib/services/auth/sign-in";
import { GOOD_PASSWORD, makeUser, preparePeople } from "../../support/sign-in-people";
import { provideUnheldRefusals } from "../../support/unheld-refusals";

provideUnheldRefusals();

const MAX_WRONG = 4;

beforeAll(async () => {
  await preparePeople();
  Object.assign(process.env, {
    RATE_LIMIT_ENABLED: "true",
    RATE_LIMIT_SIGN_IN_PER_ACCOUNT: String(MAX_WRONG),
  });
  refreshEnv();
});

const unique = () => randomBytes(5).toString("hex");

// Every letter that folds to another, some that look as if they did, and marks that compose.
const letters = fc.constantFrom(..."aBzßẞσςΣΰᾳᾼǅŉſéÅﬁｋＫKⅳ²İıжЖԱև가\u0301\u0307\u0345");
const names = fc.string({ unit: letters, minLength: 1, maxLength: 8 }).map((text) => `n${text}`);
/** Ways to type a name that mean the same. A capital of the dotless i is another letter, the dotted one's. */
const spellings: ((name: string) => string)[] = [
  (name) => name.toLowerCase(),
  (name) =>
    [...name.normalize("NFD")].map((letter) => (letter === "ı" ? letter : letter.toUpperCase())).join(""),
  (name) => name.normalize("NFC"),
  (name) => name.normalize("NFD"),
  (name) => name.normalize("NFKC"),
  (name) => name.normalize("NFKD"),
  (name) => `  ${name}\u00a0\n`,
  (name) => name.replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
];

describe("spellings of one login", () => {
  test("find the same account and are counted as that account", async () => {
    await fc.assert(
      fc.asyncProperty(names, fc.constantFrom(...spellings), async (name, spell) => {
        const username = `${name}-${unique()}`;
        const user = await makeUser({ username, email: `${name}@${unique()}.example` });
        for (const login of [spell(username), spell(user.email)]) {
          expect((await findSoughtAccount(login)).user?.id).toBe(user.id);
        }
        expect(await findUserIdByName(spell(username).trim())).toBe(user.id);
      }),
      { numRuns: 150 },
    );
  });

  test("share one key also where there is no account, and a key is its own key", async () => {
    await fc.assert(
      fc.asyncProperty(names, fc.constantFrom(...spellings), async (name, spell) => {
        const key = await loginKeyOf(name);
        expect(await loginKeyOf(spell(name).trim())).toBe(key);
        expect(await loginKeyOf(key)).toBe(key);
      }),
      { numRuns: 150 },
    );
  });

  test("are one name to the unique indexes exactly when they share a key", async () => {
    await fc.assert(
      fc.asyncProperty(names, names, fc.constantFrom(...spellings), async (one, other, spell) => {
        const end = unique();
        const [first, second] = [`${one}${end}`, `${spell(one).trim()}${end}`];
        const third = `${other}${end}`;
        await makeUser({ username: first });
        for (const username of [second, third]) {
          const isSame = (await loginKeyOf(username)) === (await loginKeyOf(first));
          const row = { username, email: `${unique()}@x.example`, password: "none", role: "User" };
          const error: unknown = await database()
            .transaction((tx) =>
              insertUser(tx, { ...row, isActive: false, mustChangePassword: false, mfaRequired: null }),
            )
            .catch((thrown: unknown) => thrown);
          expect(isUniqueViolation(error, "users_username_key")).toBe(isSame);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("the limit of one account", () => {
  const from = { userAgent: null, isRemembered: false, browser: null, replacedSessionId: null };

  async function tryWith(login: string, address: string): Promise<string> {
    try {
      await guessPassword({ ...from, address, login, password: "wrong" });
      return "in";
    } catch (error) {
      return (error as { code: string }).code;
    }
  }

  test("counts every spelling of username and e-mail address together", async () => {
    const name = `superadmin-${unique()}`;
    const user = await makeUser({ username: name, email: `${name}@example.com` });
    const logins = [
      name,
      user.email,
      name.toUpperCase(),
      ` ${user.email.toUpperCase()}\t`,
      name.replace("s", "ſ"),
      name.replace("a", "ａ"),
      `${name}@example.ⓒom`,
      name.replace("min", "ＭＩＮ"),
    ];
    const address = `192.0.2.${Math.floor(Math.random() * 250)}`;
    const codes = await Promise.all(logins.map((login) => tryWith(login, address)));
    expect(codes.filter((code) => code === "unauthenticated")).toHaveLength(MAX_WRONG);
    expect(codes.filter((code) => code === "limited")).toHaveLength(logins.length - MAX_WRONG);
  });

  test("is not gone round with control characters or a dotted capital I: they name no account", async () => {
    const name = `superadmin-${unique()}`;
    await makeUser({ username: name });
    for (const login of [
      `${name}\0x`,
      `${name}\0`,
      name.replace("i", "İ"),
      `${name}\u0085x`,
      `\ud800${name}`,
    ]) {
      expect((await findSoughtAccount(login)).user).toBeNull();
      const right = guessPassword({ ...from, address: "192.0.2.251", login, password: GOOD_PASSWORD });
      await expect(right).rejects.toThrow(/Incorrect username|Too many/);
    }
  });
});
