import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { connectionPool, database } from "@/db/client";
import { deleteCompanyRows } from "@/db/queries/companies/company";
import { lockAlerts } from "@/db/queries/detections/change-alerts";
import { ensureSettings } from "@/db/queries/global/first-start";
import { writeAlerts } from "@/db/queries/detections/write-alerts";
import { writeWithin } from "@/db/scope";
import type { AlertDraft } from "@/lib/domain/detections/alert-draft";
import { purgeCompany } from "@/lib/services/companies/purge-company";
import { operatorContext, type CompanyContext } from "@/lib/services/context";
import { setAlertState } from "@/lib/services/detections/change-alerts";
import { patchAlert } from "@/lib/services/detections/patch-alert";
import { deleteCompanyHistory } from "@/lib/services/retention/delete-company-history";
import { deleteUser } from "@/lib/services/users/delete-user";
import { provideOwnDatabase } from "../../support/own-database";
import { rowsRead, usualPlansOf } from "../../support/query-plans";
import { contextOf, makeUser, type Person } from "../../support/people";
import { makeCompany, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();

const NOW = Date.now();
const DAY = 86_400_000;
const LONG_AGO = NOW - 400 * DAY;

beforeAll(() => database().transaction(ensureSettings));

const draftOf = (key: number, count = 5): AlertDraft => ({
  rule: "password-spray",
  subjectKey: 'address:10.0.0.1, "x"',
  key,
  severity: "high",
  accountId: null,
  address: "10.0.0.1",
  computerId: null,
  siteId: null,
  firstAt: NOW,
  sinceAt: NOW,
  lastAt: NOW,
  count,
  threshold: 5,
  windowMinutes: 10,
  eventIds: [key],
  accountIds: [],
  computerIds: [],
  codes: [],
  compared: {},
  isLate: false,
});

it("alerts that grow are found among many by their names", async () => {
  const { companyId, scope } = await makeCompany("Grown");
  await database().execute(sql`
    insert into alerts (company_id, rule, subject_key, key_event_id, severity, address, first_at, since_at, last_at, count,
      threshold, window_minutes, event_ids, account_ids, computer_ids)
    select ${companyId}, 'password-spray', ${draftOf(1).subjectKey}, n, 'high', '10.0.0.1', now(), now(), now(), 5, 5, 10,
      '{1}', '{}', '{}' from generate_series(1, 3000) n`);
  await connectionPool()`analyze alerts`;
  const plans = await writeWithin(scope, (tx) =>
    usualPlansOf(tx, (explained) => writeAlerts(explained, scope, [draftOf(2_000), draftOf(1_000)])),
  );
  expect(rowsRead(plans, "alerts")).toBeGreaterThan(0);
  expect(rowsRead(plans, "alerts")).toBeLessThan(100);
});

async function untilOneWaits(): Promise<void> {
  const waiting = sql`
    select from pg_stat_activity where datname = current_database() and state = 'active'
      and wait_event_type in ('Lock', 'Extension')`;
  await expect.poll(() => database().execute(waiting), { timeout: 30_000 }).toHaveLength(1);
}

describe("rules and somebody who holds several alerts, as people who leave or handle many at once do,", () => {
  it.each([
    ["that grow in another order", [draftOf(2, 9), draftOf(1, 8)], [], [8, 9]],
    ["of which one is part of another by now", [draftOf(1, 8)], [draftOf(2)], [8]],
    ["beside one that opens", [draftOf(2, 9), draftOf(3, 7), draftOf(1, 8)], [], [8, 9, 7]],
  ])("don't wait for each other: alerts %s", async (_, drafts, absorbed, counts) => {
    const { companyId, scope } = await makeCompany("Held");
    const [first, second] = await writeWithin(scope, (tx) =>
      writeAlerts(tx, scope, [draftOf(1), draftOf(2)]),
    );
    let growing: Promise<PromiseSettledResult<unknown>[]> | undefined;
    await writeWithin(scope, async (tx) => {
      await lockAlerts(tx, scope, [first!.id]);
      growing = Promise.allSettled([
        writeWithin(scope, (other) => writeAlerts(other, scope, drafts, absorbed)),
      ]);
      await untilOneWaits();
      await lockAlerts(tx, scope, [second!.id]);
    });
    expect(await growing).toMatchObject([{ status: "fulfilled" }]);
    const rows = await database().execute<{ count: number }>(sql`
      select count from alerts where company_id = ${companyId} order by id`);
    expect(rows.map(({ count }) => count)).toEqual(counts);
  });
});

interface OldAlerts {
  context: CompanyContext;
  company: TestCompany;
  assignee: Person;
  ids: number[];
}

/** Two alerts of long ago that a user closed and commented on; the table has the second first, as one that grew later. */
async function oldAlerts(): Promise<OldAlerts> {
  const company = await makeCompany("Held by people");
  const { companyId, scope } = company;
  const assignee = await makeUser("User", [{ companyId, role: "CompanyAdmin" }]);
  const old = (key: number) => ({ ...draftOf(key), firstAt: LONG_AGO, sinceAt: LONG_AGO, lastAt: LONG_AGO });
  const ids = (await writeWithin(scope, (tx) => writeAlerts(tx, scope, [old(1), old(2)]))).map(
    ({ id }) => id,
  );
  const own = { ...(await contextOf(assignee)), scope };
  for (const alertId of ids.toReversed())
    await patchAlert(own, alertId, { assignee: assignee.username, comment: "Mine", state: "closed-true" });
  await database().execute(sql`
    update alerts set last_at = last_at + interval '1 day' where company_id = ${companyId} and id = ${ids[0]}`);
  return { context: { ...operatorContext("command line"), scope }, company, assignee, ids };
}

const WORKS: [string, (alerts: OldAlerts) => Promise<unknown>][] = [
  [
    "retention deletes them",
    ({ company }) =>
      deleteCompanyHistory(company.scope, new Date(NOW - 30 * DAY), new AbortController().signal),
  ],
  ["the company is purged", ({ context, company }) => purgeCompany(context, { confirmedName: company.name })],
  [
    "the company is deleted",
    ({ company }) => database().transaction((tx) => deleteCompanyRows(tx, company.scope)),
  ],
  [
    "whoever they are assigned to is deleted",
    ({ context, assignee: { id, username } }) => deleteUser(context, { userId: id, confirmedName: username }),
  ],
  [
    "somebody changes both",
    ({ context, ids }) => setAlertState(context, { alertId: ids.toReversed(), state: "open", comment: null }),
  ],
];

describe("somebody who handles several alerts doesn't wait for what waits for them", () => {
  it.each(WORKS)("while %s", async (_, work) => {
    const alerts = await oldAlerts();
    const { scope } = alerts.company;
    const [first, second] = alerts.ids;
    let working: Promise<PromiseSettledResult<unknown>[]> | undefined;
    await writeWithin(scope, async (tx) => {
      await lockAlerts(tx, scope, [first!]);
      working = Promise.allSettled([work(alerts)]);
      await untilOneWaits();
      expect(await lockAlerts(tx, scope, [second!])).toHaveLength(1);
    });
    expect(await working).toMatchObject([{ status: "fulfilled" }]);
  });
});
