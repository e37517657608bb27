import { randomBytes, randomInt } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { confirmRegistrationAction } from "@/app/(auth)/confirm-registration/actions";
import { resetPasswordAction } from "@/app/(auth)/reset-password/actions";
import { closeDatabase, database } from "@/db/client";
import { pendingRegistrations } from "@/db/schema/mail";
import { users } from "@/db/schema/users";
import { env } from "@/lib/env";
import type { FormResult } from "@/lib/domain/form-result";
import { openLink } from "@/lib/server/auth/open-link";
import { assertWithinLimits } from "@/lib/server/rate-limit/limiter";
import { tokenDigestOf } from "@/lib/services/mail/queue-mail";
import { hashPassword } from "@/lib/services/passwords/hash-password";
import { PORTAL_TURN } from "@/lib/services/passwords/password-queue";
import { findLinkOwner } from "@/lib/services/passwords/password-link";
import { setSettings } from "../../support/aged-records";
import { GOOD_PASSWORD, makeUser, passwordLinkFor, preparePeople } from "../../support/sign-in-people";
import { provideUnheldRefusals } from "../../support/unheld-refusals";

provideUnheldRefusals();

const request = vi.hoisted(() => ({ address: "" }));
const PORTAL = "portal.example";
vi.mock("next/headers", () => ({
  headers: async () => new Headers({ host: PORTAL, origin: `http://${PORTAL}` }),
}));
vi.mock("next-intl/server", () => ({ getTranslations: async () => (key: string) => key }));
vi.mock("@/lib/server/client-address", async (original) => ({
  ...(await original<object>()),
  clientAddressOf: () => request.address,
}));
vi.mock("@/lib/server/texts/word-error", () => ({
  wordError: async ({ code }: { code: string }) => ({ message: code, fieldErrors: {} }),
}));

/** More than the limit of dead links. */
const MANY = 25;
const IDLE: FormResult = { status: "idle" };
const NEW_PASSWORD = "Seven 7 Lighthouses";

beforeAll(async () => {
  await preparePeople();
  await setSettings({ allowRegistration: true });
});
// An office of its own for each test.
beforeEach(() => {
  request.address = `2001:db8:${randomInt(1, 65_536).toString(16)}:${randomInt(1, 65_536).toString(16)}::1`;
});
afterAll(closeDatabase);

function formOf(values: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return form;
}

/** What became of a form: where it leads, or else what it says. */
async function outcomeOf(answer: Promise<FormResult>): Promise<string> {
  try {
    const result = await answer;
    return result.status === "error" ? (result.message ?? "") : result.status;
  } catch (error) {
    return (error as { digest?: string }).digest ?? "";
  }
}

const setPassword = (token: string) =>
  outcomeOf(
    resetPasswordAction(IDLE, formOf({ token, newPassword: NEW_PASSWORD, repeatedPassword: NEW_PASSWORD })),
  );
const confirm = (token: string, password = GOOD_PASSWORD) =>
  outcomeOf(confirmRegistrationAction(IDLE, formOf({ token, password })));
const randomToken = () => randomBytes(32).toString("base64url");

async function registrationLink(): Promise<string> {
  const token = randomToken();
  const username = `n${randomBytes(6).toString("hex")}`;
  await database()
    .insert(pendingRegistrations)
    .values({
      tokenDigest: tokenDigestOf(token),
      username,
      email: `${username}@example.net`,
      password: await hashPassword(GOOD_PASSWORD, PORTAL_TURN),
      expiresAt: new Date(Date.now() + 3_600_000),
    });
  return token;
}

it("lets everyone of an office choose a password at the same moment", async () => {
  const people = await Promise.all(Array.from({ length: MANY }, () => makeUser()));
  const tokens = await Promise.all(people.map(({ id }) => passwordLinkFor(id)));
  const outcomes = await Promise.all(tokens.map(setPassword));
  expect(new Set(outcomes)).toEqual(new Set([expect.stringContaining("/login?notice=password-set")]));
  const [last] = await database()
    .select()
    .from(users)
    .where(eq(users.id, people.at(-1)!.id));
  expect(last!.password).not.toBe(people.at(-1)!.password);
});

it("lets everyone of an office confirm a registration at the same moment", async () => {
  const tokens = await Promise.all(Array.from({ length: MANY }, registrationLink));
  const outcomes = await Promise.all(tokens.map((token) => confirm(token)));
  expect(outcomes).toEqual(Array(MANY).fill("done"));
});

it("takes good links and requests for new ones after many dead links were opened", async () => {
  for (let i = 0; i < MANY; i += 1) {
    const opened = openLink(Promise.resolve({ token: randomToken() }), (token) =>
      findLinkOwner("password-reset", token),
    );
    expect(await opened).toBeNull();
  }
  expect(await confirm(await registrationLink())).toBe("done");
  await assertWithinLimits([["reset-address", { address: request.address }]]);
});

it("takes good links after many were asked for", async () => {
  for (let i = 0; i < 20; i += 1) await assertWithinLimits([["reset-address", { address: request.address }]]);
  expect(await confirm(await registrationLink())).toBe("done");
});

it("refuses every link from an address that used 20 dead ones", async () => {
  for (let i = 0; i < 10; i += 1) {
    expect(await setPassword(randomToken())).toBe("not_found");
    expect(await confirm(randomToken())).toBe("not_found");
  }
  const good = await registrationLink();
  expect(await confirm(good)).toBe("limited");
  expect(await setPassword(await passwordLinkFor((await makeUser()).id))).toBe("limited");
  request.address = "192.0.2.77";
  expect(await confirm(good)).toBe("done");
});

it("refuses a registration's link after too many wrong passwords, and no other", async () => {
  const [guessed, other] = [await registrationLink(), await registrationLink()];
  for (let i = 0; i < env().RATE_LIMIT_SIGN_IN_PER_ACCOUNT; i += 1) {
    expect(await confirm(guessed, NEW_PASSWORD)).toBe("invalid");
  }
  expect(await confirm(guessed)).toBe("limited");
  expect(await confirm(other)).toBe("done");
  request.address = "192.0.2.78";
  expect(await confirm(guessed)).toBe("limited");
});
