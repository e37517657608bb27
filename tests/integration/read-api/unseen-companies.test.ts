import { sql } from "drizzle-orm";
import { NextRequest } from "next/server";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import * as trail from "@/app/(portal)/[company]/audit/export/route";
import * as live from "@/app/api/events/stream/route";
import * as search from "@/app/api/search/route";
import { closeDatabase, database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import type { SignedIn } from "@/lib/server/guards";
import { answerAlert } from "@/lib/server/read-api/alert-route";
import { answerTable } from "@/lib/server/read-api/table-route";
import { readAccess } from "@/lib/services/access/read-access";
import { flushStoredErrors } from "@/lib/services/errors/store-error";
import { findTable } from "@/lib/services/tables/registry";
import { makeUser, type Person } from "../../support/people";
import { makeKey } from "../../support/read-keys";
import { makeCompany, type TestCompany } from "../../support/stored-events";

const session = vi.hoisted(() => ({ user: null as unknown }));
vi.mock("@/lib/server/guards", async (original) => ({
  ...(await original<object>()),
  currentUser: async () => session.user,
}));

let own: TestCompany;
let other: TestCompany;

/** As who is signed in with a browser. */
async function signIn({ id, username }: Person): Promise<void> {
  const user = {
    session: { userId: id, username, pending: null, timeZone: null },
    access: await readAccess(id),
    auditActor: { actorUserId: id, actorName: username, address: "192.0.2.1" },
  };
  session.user = user as unknown as SignedIn;
}

beforeAll(async () => {
  await database().transaction(ensureSettings);
  [own, other] = [await makeCompany("Seen"), await makeCompany("Unseen")];
});
afterAll(closeDatabase);

const deniedTo = async ({ id }: Person) => [
  ...(await database().execute(sql`
    select action, target_type, target_id from audit_log
    where outcome = 'denied' and actor_user_id = ${id} order by seq`)),
];

const WAYS: readonly [string, string, (companyRef: string) => Promise<Response>][] = [
  [
    "a table of the read API",
    "company:read",
    (ref) =>
      answerTable(new Request(`http://localhost/api/v1/accounts?company=${ref}`), findTable("accounts")),
  ],
  [
    "an alert of the read API",
    "company:read",
    (ref) => answerAlert(new Request(`http://localhost/api/v1/alerts/1?company=${ref}`), "1"),
  ],
  [
    "the palette",
    "company:read",
    (ref) =>
      search.GET(new NextRequest(`http://localhost/api/search?company=${ref}`), {
        params: Promise.resolve({}),
      }),
  ],
  [
    "live events",
    "company:read",
    (ref) => live.GET(new NextRequest(`http://localhost/api/events/stream?company=${ref}`)),
  ],
  [
    "a file of a page",
    "audit:read-company",
    (ref) =>
      trail.GET(new NextRequest(`http://localhost/${ref}/audit/export`), {
        params: Promise.resolve({ company: decodeURIComponent(ref) }),
      }),
  ],
];

it.each(WAYS)("is in the audit trail when somebody asks %s for one", async (_, action, ask) => {
  const person = await makeUser("User", [{ companyId: own.companyId, role: "CompanyAdmin" }]);
  await signIn(person);
  const odd = ["%00", "%00%07x", "\u{1f642}".repeat(30), "987654321"];
  for (const ref of [String(other.companyId), ...odd]) {
    expect([ref, (await ask(ref)).status]).toEqual([ref, 404]);
  }
  const targets = [String(other.companyId), "", "x", "\u{1f642}".repeat(20), "987654321"];
  expect(await deniedTo(person)).toEqual(
    targets.map((target_id) => ({ action, target_type: "company", target_id })),
  );
});

it("is in the audit trail once an hour, however often an open page asks for its live events", async () => {
  const person = await makeUser("User", [{ companyId: own.companyId, role: "User" }]);
  await signIn(person);
  let passed = 0;
  const now = performance.now.bind(performance);
  const clock = vi.spyOn(performance, "now").mockImplementation(() => now() + passed);
  const ask = async (milliseconds: number) => {
    passed += milliseconds;
    const asked = new NextRequest(`http://localhost/api/events/stream?company=${other.companyId}`);
    expect((await live.GET(asked)).status).toBe(404);
    return (await deniedTo(person)).length;
  };
  try {
    expect([await ask(0), await ask(10_000), await ask(30 * 60_000), await ask(30 * 60_000)]).toEqual([
      1, 1, 1, 2,
    ]);
  } finally {
    clock.mockRestore();
  }
});

it("is counted in the error log when a key asks for one", async () => {
  const counted = async () => {
    await flushStoredErrors();
    const [row] = await database().execute<{ times: number }>(sql`
      select coalesce(sum(count), 0)::int as times from api_error_logs
      where logger_name = 'read-api' and level = 'WARNING' and message like 'There is no such company. (key %)'`);
    return row!.times;
  };
  const before = await counted();
  const request = new Request(`http://localhost/api/v1/accounts?company=${other.companyId}`, {
    headers: { "X-API-Key": await makeKey(own) },
  });
  expect((await answerTable(request, findTable("accounts"))).status).toBe(404);
  expect(await counted()).toBeGreaterThan(before);
});
