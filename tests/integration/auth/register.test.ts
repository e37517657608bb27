import { randomBytes } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { database } from "@/db/client";
import { allowedDomains, settings } from "@/db/schema/settings";
import { users } from "@/db/schema/users";
import { inEnglish } from "@/lib/english";
import type { AppError } from "@/lib/errors";
import { SIGN_IN_REFUSED, signInWithPassword } from "@/lib/services/auth/sign-in";
import { operatorContext } from "@/lib/services/context";
import { register } from "@/lib/services/registration/register";
import { forgetSettings } from "@/lib/services/settings/read-settings";
import { setUsersActive } from "@/lib/services/users/change-account";
import { readUser } from "@/lib/services/users/read-users";
import { GOOD_PASSWORD, makeUser, preparePeople } from "../../support/sign-in-people";

const from = {
  address: "192.0.2.9",
  userAgent: null,
  isRemembered: false,
  browser: null,
  replacedSessionId: null,
};

async function allow(change: Partial<typeof settings.$inferInsert>): Promise<void> {
  await database().update(settings).set(change).where(eq(settings.id, 1));
  forgetSettings();
}

function newcomer(changes: Partial<Record<"username" | "email" | "newPassword", string>> = {}) {
  const username = `n${randomBytes(6).toString("hex")}`;
  return { username, email: `${username}@example.net`, newPassword: GOOD_PASSWORD, ...changes };
}

const findByEmail = async (email: string) =>
  (
    await database()
      .select()
      .from(users)
      .where(sql`lower(${users.email}) = lower(${email})`)
  )[0];

beforeAll(preparePeople);
beforeEach(() => allow({ allowRegistration: true, restrictEmailDomains: false }));
afterEach(() => allow({ allowRegistration: false, restrictEmailDomains: false }));

test("a registered account is an inactive plain user that cannot sign in before it is activated", async () => {
  const person = newcomer();
  await register(person, "192.0.2.9");
  const user = (await findByEmail(person.email))!;
  expect(user).toMatchObject({ isActive: false, role: "User", isSelfRegistered: true });
  const signIn = () => signInWithPassword({ ...from, login: person.email, password: GOOD_PASSWORD });
  await expect(signIn()).rejects.toMatchObject({ message: inEnglish(SIGN_IN_REFUSED) });
  await database().update(users).set({ isActive: true }).where(eq(users.id, user.id));
  expect((await signIn()).step).toBe("done");
});

test("a registered person waits to be activated, and no longer once that has been decided", async () => {
  const person = newcomer();
  await register(person, "192.0.2.9");
  const { id } = (await findByEmail(person.email))!;
  const operator = operatorContext("command line");
  const isWaiting = async () => (await readUser(operator, id)).isWaiting;
  expect(await isWaiting()).toBe(true);
  await setUsersActive(operator, { userIds: [id], isActive: true });
  expect(await isWaiting()).toBe(false);
  await setUsersActive(operator, { userIds: [id], isActive: false });
  expect(await isWaiting()).toBe(false);
});

test("an address that has an account, in any case, is answered alike and left as it was", async () => {
  const existing = await makeUser();
  await expect(register(newcomer({ email: existing.email.toUpperCase() }), "x")).resolves.toBeUndefined();
  expect(await findByEmail(existing.email)).toEqual(existing);
});

test("a username that is taken is answered alike and gets a number", async () => {
  const existing = await makeUser();
  const person = newcomer({ username: existing.username.toUpperCase() });
  await register(person, "x");
  expect((await findByEmail(person.email))!.username).toMatch(new RegExp(`^${person.username}-\\d+$`));
});

test("only listed domains may register while restricted: no subdomain, no look-alike", async () => {
  const domain = `@d${randomBytes(4).toString("hex")}.example`;
  await database().insert(allowedDomains).values({ domain });
  await allow({ restrictEmailDomains: true });
  const good = newcomer({ email: `a${domain.toUpperCase()}` });
  await register(good, "x");
  expect(await findByEmail(good.email)).toBeDefined();
  for (const email of [
    `a@sub.${domain.slice(1)}`,
    `a${domain}.evil.example`,
    `a@x${domain.slice(1)}`,
    "a@example.org",
  ]) {
    await expect(register(newcomer({ email }), "x")).rejects.toMatchObject({ fields: [{ field: "email" }] });
  }
});

test.each([
  [{ username: "" }, "username"],
  [{ username: "anna@example.com" }, "username"],
  [{ username: "<img src=x onerror=alert(1)>" }, "username"],
  [{ email: "no address" }, "email"],
  [{ newPassword: "short" }, "newPassword"],
])("%j is refused by field", async (change, field) => {
  const refused = await register(newcomer(change), "x").catch((error: AppError) => error);
  expect(new Set((refused as AppError).fields.map((problem) => problem.field))).toEqual(new Set([field]));
});

test("while registration is off nobody registers", async () => {
  await allow({ allowRegistration: false });
  await expect(register(newcomer(), "x")).rejects.toMatchObject({ code: "not_found" });
});
