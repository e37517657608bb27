import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { database } from "@/db/client";
import { oneTimeTokens, users } from "@/db/schema/users";
import { readSession } from "@/lib/services/auth/sessions";
import { signInWithPassword } from "@/lib/services/auth/sign-in";
import { choosePasswordByLink, findLinkOwner } from "@/lib/services/passwords/password-link";
import { GOOD_PASSWORD, makeUser, passwordLinkFor, preparePeople } from "../../support/sign-in-people";

const from = {
  address: "192.0.2.9",
  userAgent: null,
  isRemembered: false,
  browser: null,
  replacedSessionId: null,
};
const NEW_PASSWORD = "Seven 7 Lighthouses";

beforeAll(preparePeople);

test("a link sets the password once, ends every session and lifts the requirement to change it", async () => {
  const user = await makeUser({ mustChangePassword: true });
  const before = await signInWithPassword({ ...from, login: user.username, password: GOOD_PASSWORD });
  const token = await passwordLinkFor(user.id);
  await choosePasswordByLink("password-reset", token, NEW_PASSWORD, from);
  expect(await readSession(before.step === "done" ? before.sessionId : "")).toBeNull();
  const after = await signInWithPassword({ ...from, login: user.username, password: NEW_PASSWORD });
  expect((await readSession(after.step === "done" ? after.sessionId : ""))?.pending).toBeNull();
  await expect(
    choosePasswordByLink("password-reset", token, "Eight 8 Lighthouses", from),
  ).rejects.toMatchObject({
    code: "not_found",
  });
});

test("of two uses at the same moment one sets the password", async () => {
  const user = await makeUser();
  const token = await passwordLinkFor(user.id);
  const uses = ["Alpha 7 Lighthouses", "Bravo 7 Lighthouses"].map((text) =>
    choosePasswordByLink("password-reset", token, text, from),
  );
  const results = await Promise.allSettled(uses);
  expect(results.map((result) => result.status).toSorted()).toEqual(["fulfilled", "rejected"]);
});

test("a password against the rules, a common one included, leaves the link good", async () => {
  const user = await makeUser();
  const token = await passwordLinkFor(user.id);
  for (const poor of ["short", "no numbers or capitals", user.username, "Password123"]) {
    await expect(choosePasswordByLink("password-reset", token, poor, from)).rejects.toMatchObject({
      fields: [{ field: "newPassword" }],
    });
  }
  expect((await findLinkOwner("password-reset", token))?.userId).toBe(user.id);
});

test("a link over its time, unknown or empty opens nothing, and none is kept in the clear", async () => {
  const user = await makeUser();
  const made = await passwordLinkFor(user.id);
  expect((await findLinkOwner("password-reset", made))?.userId).toBe(user.id);
  const [row] = await database().select().from(oneTimeTokens).where(eq(oneTimeTokens.userId, user.id));
  expect(JSON.stringify(row)).not.toContain(made);
  await database()
    .update(oneTimeTokens)
    .set({ expiresAt: new Date(0) })
    .where(eq(oneTimeTokens.userId, user.id));
  for (const token of [made, "", "x", "\0"]) expect(await findLinkOwner("password-reset", token)).toBeNull();
});

test.each([
  ["ü".repeat(600), "a"],
  ["🔑".repeat(300), "b"],
])("every byte of a long password counts (%#)", async (stem, ending) => {
  const user = await makeUser();
  const long = `Aa1 ${stem}${ending}`;
  await choosePasswordByLink("password-reset", await passwordLinkFor(user.id), long, from);
  await signInWithPassword({ ...from, login: user.username, password: long });
  const other = signInWithPassword({ ...from, login: user.username, password: `${long.slice(0, -1)}z` });
  await expect(other).rejects.toMatchObject({ code: "unauthenticated" });
  const [stored] = await database().select().from(users).where(eq(users.id, user.id));
  expect(stored!.password).toMatch(/^v2:\$2b\$/);
});

test("a password typed in composed or decomposed letters is the same", async () => {
  const user = await makeUser();
  await choosePasswordByLink(
    "password-reset",
    await passwordLinkFor(user.id),
    "Dora-Pa\u0308ssw0rd-9".normalize("NFD"),
    from,
  );
  const signedIn = signInWithPassword({
    ...from,
    login: user.username,
    password: "Dora-Pässw0rd-9".normalize("NFC"),
  });
  expect((await signedIn).step).toBe("done");
});
