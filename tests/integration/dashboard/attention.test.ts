import { afterAll, beforeAll, expect, test } from "vitest";
import { eq, sql } from "drizzle-orm";
import { closeDatabase, database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { noteJob } from "@/db/queries/global/jobs";
import { apiKeys } from "@/db/schema/companies";
import type { Actor } from "@/lib/domain/actor";
import { readAttention } from "@/lib/services/dashboard/read-attention";
import { JOBS } from "@/lib/services/jobs/registry";
import { followStoredOf } from "../../support/detecting";
import { makeCompany, scopeOver, storeEvents, type TestCompany } from "../../support/stored-events";

const DAY = 86_400_000;
const operator: Actor = { userId: 0, globalRole: "GlobalAdmin", memberships: [] };
let company: TestCompany;
let other: TestCompany;

beforeAll(async () => {
  await database().transaction(ensureSettings);
  company = await makeCompany("Attentive");
  other = await makeCompany("Neighbour");
});
afterAll(closeDatabase);

const member = (role: "CompanyAdmin" | "User", { companyId }: TestCompany): Actor => ({
  userId: 1,
  globalRole: "User",
  memberships: [{ companyId, role }],
});

async function addKey(of: TestCompany, description: string, expiresAt: number, part: object = {}) {
  await database()
    .insert(apiKeys)
    .values({
      companyId: of.companyId,
      siteId: of.siteIds[0]!,
      description,
      keyDigest: Buffer.from(`${of.companyId} ${description}`),
      keyEncrypted: Buffer.from("unread"),
      expiresAt: new Date(expiresAt),
      ...part,
    });
}

test("nothing needs attention in a company where nothing is wrong", async () => {
  expect(await readAttention(member("CompanyAdmin", company), company.scope)).toEqual({
    graveAlerts: [],
    furtherAlertCount: 0,
    silentComputerCount: 0,
    endingKeys: [],
    furtherKeyCount: 0,
    failedJobs: [],
  });
});

test("a guessed password has a line of its own, other open alerts are counted, and closed ones are not", async () => {
  const now = Date.now();
  const refusals = Array.from({ length: 6 }, (_, minute) => ({
    type: "LogonFailed",
    user: "anna",
    computer: "PC-1",
    at: now - (20 - minute) * 60_000,
    fields: { SubStatus: "0xC000006A" },
  }));
  const logon = { type: "Logon", user: "anna", computer: "PC-1", at: now - 10 * 60_000 };
  await storeEvents(company, [...refusals, logon]);
  await followStoredOf(company);
  const seen = await readAttention(member("User", company), company.scope);
  expect(seen.graveAlerts).toMatchObject([
    { companyId: company.companyId, companyName: company.name, rule: "password-guessed", subject: "anna" },
  ]);
  expect(seen.furtherAlertCount).toBe(1);
  expect((await readAttention(operator, other.scope)).graveAlerts).toEqual([]);
  expect((await readAttention(operator, scopeOver([company, other]))).graveAlerts).toHaveLength(1);
  await database().execute(
    sql`update alerts set state = 'closed-true' where company_id = ${company.companyId}`,
  );
  expect(await readAttention(operator, company.scope)).toMatchObject({
    graveAlerts: [],
    furtherAlertCount: 0,
  });
});

test("the alerts that were found last come first, with the times that they are sorted by", async () => {
  const found = [1, 3, 2].map((hour) => Date.UTC(2026, 0, 5, hour));
  for (const [number, at] of found.entries()) {
    await database().execute(sql`
      insert into alerts (company_id, rule, subject_key, key_event_id, severity, state, first_at, since_at, last_at, created_at,
          count, threshold, window_minutes, event_ids, account_ids, computer_ids, is_late)
        values (${company.companyId}, 'password-guessed', ${`address:${number}`}, ${number}, 'high', 'open', now(), now(),
          now() - ${number} * interval '1 hour', ${new Date(at).toISOString()}, 5, 5, 10, '{}', '{}', '{}', true)`);
  }
  const { graveAlerts } = await readAttention(operator, company.scope);
  expect(graveAlerts.map(({ createdAt }) => createdAt)).toEqual(found.toSorted((a, b) => b - a));
  await database().execute(
    sql`update alerts set state = 'closed-true' where company_id = ${company.companyId}`,
  );
});

test("silent computers are counted as their list counts them", async () => {
  const now = Date.now();
  expect((await readAttention(operator, company.scope, now)).silentComputerCount).toBe(0);
  expect((await readAttention(operator, company.scope, now + 40 * DAY)).silentComputerCount).toBe(1);
});

test("keys that expire soon or just did are told to those who may change them", async () => {
  const now = Date.now();
  await addKey(company, "soon", now + 3 * DAY);
  await addKey(company, "gone", now - DAY);
  await addKey(company, "long gone", now - 40 * DAY);
  await addKey(company, "later", now + 40 * DAY);
  await addKey(company, "off", now + DAY, { isActive: false });
  await addKey(company, "deleted", now + DAY, { deletedAt: new Date() });
  await addKey(other, "neighbour's", now + DAY);
  const { endingKeys } = await readAttention(member("CompanyAdmin", company), company.scope, now);
  expect(endingKeys.map(({ description }) => description)).toEqual(["gone", "soon"]);
  expect((await readAttention(member("User", company), company.scope, now)).endingKeys).toEqual([]);
  const ofBoth = await readAttention(operator, scopeOver([company, other]), now);
  expect(ofBoth.endingKeys.map(({ companyName, description }) => [companyName, description])).toEqual([
    [company.name, "gone"],
    [other.name, "neighbour's"],
    [company.name, "soon"],
  ]);
  for (const number of [1, 2, 3, 4, 5]) await addKey(company, `more ${number}`, now + 5 * DAY);
  const many = await readAttention(operator, company.scope, now);
  expect([many.endingKeys.length, many.furtherKeyCount]).toEqual([5, 2]);
  await database().delete(apiKeys).where(eq(apiKeys.companyId, other.companyId));
});

test("failed jobs are told to those who may see the System page", async () => {
  const [job] = JOBS;
  const at = new Date();
  await noteJob(job!.name, { lastStartedAt: at, lastFinishedAt: at, lastError: "The disk is full." });
  expect((await readAttention(operator, company.scope)).failedJobs).toEqual([
    { title: job!.title, at: at.getTime() },
  ]);
  expect((await readAttention(member("CompanyAdmin", company), company.scope)).failedJobs).toEqual([]);
});
