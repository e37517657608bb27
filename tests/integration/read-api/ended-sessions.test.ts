import { sql } from "drizzle-orm";
import { NextRequest } from "next/server";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { closeDatabase, database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { deleteMembership, putMembership, updateUser } from "@/db/queries/global/users";
import { insertSession } from "@/db/queries/users/sessions";
import { ENGLISH_READER } from "@/lib/english";
import { answerTable } from "@/lib/server/read-api/table-route";
import { whileAllowed } from "@/lib/server/still-allowed";
import { readAccess } from "@/lib/services/access/read-access";
import { endSession, endSessionsOf, readSession } from "@/lib/services/auth/sessions";
import { makeUser, type Person } from "../../support/people";
import { makeKey } from "../../support/read-keys";
import { pausingReport, type SampleRow } from "../../support/sample-report";
import { makeCompany, type TestCompany } from "../../support/stored-events";

const signedIn = vi.hoisted(() => ({ user: null as unknown }));
vi.mock("@/lib/server/guards", async (original) => ({
  ...(await original<object>()),
  currentUser: async () => signedIn.user,
}));
vi.mock("@/lib/server/texts/words", async (original) => ({
  ...(await original<object>()),
  getReader: async () => ENGLISH_READER,
}));

const row = (name: string): SampleRow => ({ name, count: 1, seconds: 1, at: 0, date: null, isNew: null });
const HOUR = 3_600_000;

let company: TestCompany;

beforeAll(async () => {
  await database().transaction(ensureSettings);
  company = await makeCompany("Ended");
});
afterEach(() => void vi.useRealTimers());
afterAll(closeDatabase);

interface Open {
  person: Person;
  sessionId: string;
}

async function signIn(): Promise<Open> {
  const person = await makeUser("User", [{ companyId: company.companyId, role: "CompanyAdmin" }]);
  const sessionId = await database().transaction((tx) =>
    insertSession(tx, {
      userId: person.id,
      sessionVersion: 0,
      expiresAt: new Date(Date.now() + HOUR),
      isRemembered: false,
      address: "192.0.2.1",
      userAgent: null,
    }),
  );
  const session = await readSession(sessionId);
  expect(session).not.toBeNull();
  const auditActor = { actorUserId: person.id, actorName: person.username, address: "192.0.2.1" };
  signedIn.user = { session, access: await readAccess(person.id), auditActor };
  return { person, sessionId };
}

/** Asks for a file of two rows, between which something is done and three seconds pass. */
function ask(format: string, between: () => Promise<unknown>, key?: string): Promise<Response> {
  const passing = async () => {
    await between();
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_000 });
  };
  const source = pausingReport(row("before"), passing, row("after"));
  const address = `http://localhost/sample?company=${company.companyId}&format=${format}`;
  return answerTable(new NextRequest(address, key ? { headers: { "X-API-Key": key } } : {}), source);
}

/** All that comes of a text, and whether it came to its end. */
async function readText(response: Response): Promise<{ text: string; isWhole: boolean }> {
  const decoder = new TextDecoder();
  let text = "";
  try {
    for await (const chunk of response.body!) text += decoder.decode(chunk as Uint8Array);
    return { text, isWhole: true };
  } catch {
    return { text, isWhole: false };
  }
}

const ENDINGS: readonly [string, (open: Open) => Promise<unknown>][] = [
  [
    "signs out",
    ({ person, sessionId }) =>
      endSession({ actorUserId: person.id, actorName: "x", address: null }, person.id, sessionId),
  ],
  ["is signed out everywhere", ({ person }) => database().transaction((tx) => endSessionsOf(tx, person.id))],
  [
    "is deactivated",
    ({ person }) => database().transaction((tx) => updateUser(tx, person.id, { isActive: false })),
  ],
  [
    "must choose a new password",
    ({ person }) => database().transaction((tx) => updateUser(tx, person.id, { mustChangePassword: true })),
  ],
  [
    "leaves the company",
    ({ person }) => database().transaction((tx) => deleteMembership(tx, person.id, company.companyId)),
  ],
  [
    "has a role that may not have it",
    ({ person }) =>
      database().transaction((tx) =>
        putMembership(tx, { userId: person.id, companyId: company.companyId, role: "User" }),
      ),
  ],
];

describe("a file under way, of somebody who meanwhile", () => {
  it.each(ENDINGS)("%s, gets no further row, and doesn't look whole", async (_, end) => {
    const open = await signIn();
    const { text, isWhole } = await readText(await ask("csv", () => end(open)));
    expect(isWhole).toBe(false);
    expect(text).toContain("before");
    expect(text).not.toContain("after");
  });

  it.each(ENDINGS)("%s, isn't made any further", async (_, end) => {
    const open = await signIn();
    const response = await ask("xlsx", () => end(open));
    expect(response.status).toBe(401);
    expect(((await response.json()) as { message: string }).message).toContain("The download stopped");
  });

  it("idles for longer than a session may, comes whole", async () => {
    const open = await signIn();
    const idle = sql`update user_sessions set last_seen_at = now() - interval '30 days' where id = ${open.sessionId}`;
    const { text, isWhole } = await readText(await ask("csv", () => database().execute(idle)));
    expect(await readSession(open.sessionId)).toBeNull();
    expect({ isWhole, hasAll: text.includes("after") }).toEqual({ isWhole: true, hasAll: true });
  });
});

it("ends a file of a key that is disabled meanwhile", async () => {
  const key = await makeKey(company);
  const disable = sql`update app_auth_api_keys set is_active = false where company_id = ${company.companyId}`;
  const { text, isWhole } = await readText(await ask("csv", () => database().execute(disable), key));
  expect({ isWhole, hasAll: text.includes("after") }).toEqual({ isWhole: false, hasAll: false });
});

it("asks no more often than every two seconds, and goes on while the database can't say", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  let asked = 0;
  const pieces = (async function* () {
    for (let piece = 0; piece < 10_000; piece += 1) {
      vi.setSystemTime(Date.now() + 1);
      yield piece;
    }
  })();
  const isAllowed = () => {
    asked += 1;
    return Promise.reject(new Error("away"));
  };
  let given = 0;
  for await (const piece of whileAllowed(pieces, isAllowed)) given = piece;
  expect([given, asked]).toEqual([9_999, 5]);
});
