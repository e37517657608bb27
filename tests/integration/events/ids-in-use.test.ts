import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { database } from "@/db/client";
import { writeAlerts } from "@/db/queries/detections/write-alerts";
import { forgetNameIds } from "@/db/queries/events/names";
import { upsertErrors } from "@/db/queries/global/error-log-write";
import { writeWithin } from "@/db/scope";
import type { AlertDraft } from "@/lib/domain/detections/alert-draft";
import { notifyAll } from "@/lib/services/notifications/notify";
import { storeComputers } from "../../support/known-computers";
import { provideOwnDatabase } from "../../support/own-database";
import { makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();

const MINUTE = 60_000;
const NOW = Date.now();

/** How many ids each sequence has given out, of those that end at the largest integer. */
async function idsGiven(): Promise<Record<string, number>> {
  const rows = await database().execute<{ name: string; given: number }>(sql`
    select sequencename as name, coalesce(last_value, 0)::float8 as given from pg_sequences
    where schemaname = current_schema() and max_value = 2147483647`);
  return Object.fromEntries(rows.map(({ name, given }) => [name, given]));
}

/** What happens again and again in a portal; `round` is later each time. */
const REPEATED: Record<string, (company: TestCompany, round: number) => Promise<unknown>> = {
  events: (company, round) =>
    storeEvents(
      company,
      ["anna", "ben"].map((user) => ({ type: "logon", user, computer: "PC-1", at: NOW + round * MINUTE })),
    ),
  "health checks": (company, round) =>
    storeComputers(
      company,
      ["PC-1", "PC-2", "PC-3"].map((name) => ({ name, lastAt: NOW + round * MINUTE })),
    ),
  notifications: async ({ scope }) => {
    const computer = { id: 1, name: "PC-1" };
    const site = { id: 1, name: "HO" };
    const at = new Date(NOW).toISOString();
    const silent = { computer, site, lastSeenAt: at };
    await writeWithin(scope, (tx) => notifyAll(tx, scope, "computer.silent", [{ params: silent }]));
    const params = { account: { id: 1, name: "anna" }, computer, site, at };
    await writeWithin(scope, (tx) =>
      notifyAll(tx, scope, "account.locked-out", [{ params, onceKey: "lockout:1" }]),
    );
  },
  alerts: ({ scope }, round) => {
    const at = NOW + round * MINUTE;
    const draft: AlertDraft = {
      rule: "password-spray",
      subjectKey: "address:10.1.2.3",
      key: 7,
      severity: "medium",
      accountId: null,
      address: "10.1.2.3",
      computerId: null,
      siteId: null,
      firstAt: NOW,
      sinceAt: NOW,
      lastAt: at,
      count: 5 + round,
      threshold: 5,
      windowMinutes: 10,
      eventIds: [7, 8, 9],
      accountIds: [1, 2],
      computerIds: [3],
      codes: [],
      compared: {},
      isLate: false,
    };
    return writeWithin(scope, (tx) => writeAlerts(tx, scope, [draft]));
  },
  errors: ({ companyId }, round) =>
    upsertErrors(
      ["a", "b"].map((shape) => ({
        level: "ERROR",
        message: `Repeated ${shape}`,
        fingerprint: `${companyId}-${shape}`,
        count: 1,
        lastAt: new Date(NOW + round * MINUTE),
      })),
    ),
};

it.each(Object.entries(REPEATED))("%s about what is there use no ids up", async (_, repeat) => {
  const company = await makeCompany("Repeated");
  await repeat(company, 0);
  const given = await idsGiven();
  expect(Object.keys(given)).toEqual(expect.arrayContaining(["accounts_id_seq", "computers_id_seq"]));
  for (let round = 1; round <= 3; round += 1) await repeat(company, round);
  expect(await idsGiven()).toEqual(given);
});

it("a server that starts uses no ids up for the names that it doesn't know yet", async () => {
  const company = await makeCompany("Started anew");
  const all = Object.values(REPEATED);
  for (const repeat of all) await repeat(company, 0);
  const given = await idsGiven();
  for (let round = 1; round <= 3; round += 1) {
    for (const repeat of all) {
      forgetNameIds();
      await repeat(company, round);
    }
  }
  expect(await idsGiven()).toEqual(given);
});

it("each new name takes one id, of those that are known to other companies too", async () => {
  const [own, other] = [await makeCompany("Own names"), await makeCompany("Other names")];
  const see = (company: TestCompany, names: readonly string[]) =>
    storeComputers(
      company,
      names.map((name) => ({ name, lastAt: NOW })),
    );
  await see(other, ["PC-1", "PC-2"]);
  forgetNameIds();
  const before = (await idsGiven()).computers_id_seq!;
  await see(own, ["PC-1", "PC-3"]);
  await see(own, ["PC-1", "PC-2", "PC-3", "PC-4"]);
  expect((await idsGiven()).computers_id_seq! - before).toBe(4);
  const rows = await database().execute<{ companyId: number; name: string }>(sql`
    select company_id as "companyId", name from computers
    where company_id in (${own.companyId}, ${other.companyId}) order by company_id, id`);
  expect([...rows]).toEqual([
    ...["PC-1", "PC-3", "PC-2", "PC-4"].map((name) => ({ companyId: own.companyId, name })),
    ...["PC-1", "PC-2"].map((name) => ({ companyId: other.companyId, name })),
  ]);
});

it("servers that meet a new computer at once, or one that was deleted, end with one row", async () => {
  const company = await makeCompany("Met at once");
  const see = (minute: number) =>
    storeComputers(
      company,
      ["PC-1", "PC-2"].map((name) => ({ name, lastAt: NOW + minute * MINUTE })),
    );
  const seen = async () => [
    ...(await database().execute<{ id: number; name: string; at: number }>(sql`
      select id, name, (extract(epoch from last_seen_at) * 1000)::float8 as at from computers
      where company_id = ${company.companyId} order by name`)),
  ];
  await Promise.all([1, 3, 2, 0].map(see));
  expect(await seen()).toMatchObject([
    { name: "PC-1", at: NOW + 3 * MINUTE },
    { name: "PC-2", at: NOW + 3 * MINUTE },
  ]);
  await see(4); // Remembers their ids.
  await database().execute(
    sql`delete from computers where company_id = ${company.companyId} and name = 'PC-1'`,
  );
  await see(5);
  expect(await seen()).toMatchObject([
    { name: "PC-1", at: NOW + 5 * MINUTE },
    { name: "PC-2", at: NOW + 5 * MINUTE },
  ]);
});
