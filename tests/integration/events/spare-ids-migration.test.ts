import { readFile } from "node:fs/promises";
import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { insertAuditRow, type AuditRow } from "@/db/queries/audit/insert-audit-row";
import { storeComputers } from "../../support/known-computers";
import { provideOwnDatabase } from "../../support/own-database";
import { makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();

const NOW = Date.now();
const LARGEST = 2_147_483_647;

const NAMING = [
  "events",
  "presence",
  "time_spent_late",
  "alerts",
  "detection_exceptions",
  "detection_states",
  "notification_channels",
  "notifications",
  "saved_views",
  "mail_messages",
  "accounts",
  "computers",
];

let company: TestCompany;

beforeEach(async () => {
  // What names accounts, computers, and alerts first.
  for (const table of NAMING) await database().execute(sql.raw(`delete from ${table}`));
  company = await makeCompany("Runs for long");
});

async function migrate(): Promise<void> {
  await database().execute(sql.raw(await readFile("db/migrations/0040_spare_ids.sql", "utf8")));
}

/** As if an earlier release had given out ids up to `given`, and these are left in rows. */
async function used(given: number, ids: readonly number[]): Promise<void> {
  for (const id of ids) {
    await database().execute(sql`
      insert into computers (company_id, id, name, name_key, first_seen_at, last_seen_at)
      values (${company.companyId}, ${id}, ${`PC-${id}`}, ${`pc-${id}`}, now(), now())`);
  }
  await database().execute(sql`select setval('computers_id_seq', ${given})`);
}

const see = (name: string) => storeComputers(company, [{ name, lastAt: NOW }]);

async function idOf(name: string): Promise<number | undefined> {
  const [row] = await database().execute<{ id: number }>(sql`
    select id from computers where company_id = ${company.companyId} and name = ${name}`);
  return row?.id;
}

/** Runs statements about the company and its site. */
async function nameIt(statements: string): Promise<void> {
  const written = statements
    .replaceAll(":company", String(company.companyId))
    .replaceAll(":site", String(company.siteIds[0]));
  for (const statement of written.split(";")) await database().execute(sql.raw(statement));
}

async function auditOf(row: Partial<AuditRow>): Promise<void> {
  const nobody = { actorUserId: null, actorName: null, address: null };
  const any = { companyId: company.companyId, action: "alert.change", outcome: "success" } as const;
  await database().transaction((tx) => insertAuditRow(tx, { ...nobody, ...any, ...row }));
}

/** The id that a new row of the table gets after the migration, where earlier releases have used them up. */
async function nextId(table: string): Promise<number> {
  await database().execute(sql`select setval(${`${table}_id_seq`}, ${LARGEST})`);
  await migrate();
  const [row] = await database().execute<{ id: number }>(
    sql`select nextval(${`${table}_id_seq`})::int as id`,
  );
  return row!.id;
}

it.each([
  ["before the first", LARGEST, [1_500_000_000, 2_147_000_000], 1],
  ["between two", LARGEST, [3, 1_700_000_000], 4],
  ["behind the last, below what was given out", LARGEST, [1, 900_000_000, 1_000_000_000], 1_000_000_001],
  ["that the last row and the last id given out leave", 2_000_000_000, [1_900_000_000], 1],
  ["between two, with the largest id of all in use", LARGEST, [10, LARGEST], 11],
  ["of no rows at all", LARGEST, [], 1],
])("where ids come to their end, new ones are those %s", async (_, given, ids, next) => {
  await used(given, ids);
  await migrate();
  await see("PC-NEW");
  expect(await idOf("PC-NEW")).toBe(next);
  await see("PC-NEWER");
  expect(await idOf("PC-NEWER")).toBe(next + 1);
});

it("where there are ids left, they go on as they were", async () => {
  await used(1_999_999_999, [5]);
  await migrate();
  await see("PC-NEW");
  expect(await idOf("PC-NEW")).toBe(2_000_000_000);
});

it("no new computer can be stored while there are none", async () => {
  await used(LARGEST, [5]);
  const noneLeft = { cause: { code: "2200H" } };
  await expect(see("PC-NEW")).rejects.toMatchObject(noneLeft);
  await see("PC-5");
  await migrate();
  await see("PC-NEW");
  expect(await idOf("PC-NEW")).toBe(6);
});

it("accounts and alerts get ids again too", async () => {
  await database().execute(
    sql`select setval('accounts_id_seq', ${LARGEST}), setval('alerts_id_seq', ${LARGEST})`,
  );
  await migrate();
  await storeEvents(company, [{ type: "logon", user: "anna", computer: "PC-1", at: NOW }]);
  const [alerts] = await database().execute<{ id: number }>(sql`select nextval('alerts_id_seq')::int as id`);
  expect(alerts!.id).toBe(1);
});

describe("an id that retention has left to nothing but what names it is not given out again, where that is", () => {
  const GONE = 1;
  const alertWith = (column: string, value: string) => `
    insert into alerts (company_id, id, rule, subject_key, key_event_id, severity, first_at, since_at, last_at, count,
      threshold, window_minutes, event_ids, account_ids, computer_ids)
    overriding system value
    values (:company, 2000000000, 'password-spray', 'address:10.0.0.1', 1, 'high', now(), now(), now(), 5, 5, 10, '{}',
      '{}', '{}');
    update alerts set ${column} = ${value} where company_id = :company`;
  const memoryOf = (subjectKey: string, memory: string) => `
    insert into detection_states (company_id, rule, subject_key, memory)
    values (:company, 'account', '${subjectKey}', '${memory}')`;
  const subscriptionOf = (column: string) => `
    insert into notification_channels (company_id, name, type, wait_seconds, interval_seconds)
    values (:company, 'Any', 'email', 0, 0);
    insert into notification_subscriptions (company_id, channel_id, kinds, ${column})
    select company_id, id, '{}', '{2147483000,1}' from notification_channels where company_id = :company`;
  const notificationOf = (columns: string, values: string) => `
    insert into notifications (company_id, kind, severity, params${columns}) values (:company, 'any', 'info', ${values})`;
  const viewOf = (query: string) => `
    insert into saved_views (company_id, name, table_name, query) values (:company, 'Any', 'events', '${query}')`;
  const mailOf = (path: string) => `
    insert into mail_messages (message_id, kind, address, params, expires_at)
    values (gen_random_uuid(), 'alert-assigned', 'a@example.com', '{"path": "${path}"}', now())`;
  const presenceOf = (accountId: number, computerId: number) => `
    insert into presence (company_id, computer_id, account_id, site_id, kind, at, first_at)
    values (:company, ${computerId}, ${accountId}, :site, 1, now(), now())`;

  it.each([
    [
      "accounts",
      "an exception",
      `insert into detection_exceptions (company_id, rule, account_id, reason)
      values (:company, 'any', 1, 'scanner')`,
    ],
    [
      "computers",
      "an exception",
      `insert into detection_exceptions (company_id, rule, computer_id, reason)
      values (:company, 'any', 1, 'scanner')`,
    ],
    ["accounts", "an alert's subject", alertWith("account_id", "1")],
    ["accounts", "an alert's subject by its key alone", alertWith("subject_key", "'account:1'")],
    ["accounts", "one of an alert's accounts", alertWith("account_ids", "'{2147483000,1}'")],
    ["accounts", "what an alert was compared with", alertWith("compared", `'{"accountId": 1}'`)],
    ["computers", "an alert's subject", alertWith("computer_id", "1")],
    ["computers", "one of an alert's computers", alertWith("computer_ids", "'{2147483000,1}'")],
    ["accounts", "a memory about it", memoryOf("account:1", "{}")],
    ["computers", "a memory about it", memoryOf("computer:1", "{}")],
    ["accounts", "a memory of who uses a computer", memoryOf("computer:9", '{"users": {"1": [20000, 3]}}')],
    [
      "computers",
      "a memory of what somebody uses",
      memoryOf("account:9", '{"habits": {"computers": {"1": 20000}}}'),
    ],
    ["accounts", "a memory of failed logons", memoryOf("address:x", '{"waiting": [{"accountId": 1}]}')],
    [
      "computers",
      "a memory of a burst",
      memoryOf("address:x", '{"runs": [{"computerIds": [2147483000, 1]}]}'),
    ],
    ["accounts", "a subscription", subscriptionOf("account_ids")],
    ["computers", "a subscription", subscriptionOf("computer_ids")],
    ["accounts", "a notification", notificationOf(", account_id", "'{}', 1")],
    ["computers", "a notification", notificationOf(", computer_id", "'{}', 1")],
    ["accounts", "words of a notification", notificationOf("", `'{"account": {"id": 1, "name": "anna"}}'`)],
    ["computers", "a state that lasts", notificationOf(", subject", "'{}', 'computer:1'")],
    ["alerts", "a notification", notificationOf("", `'{"alertId": 1}'`)],
    ["accounts", "a saved view", viewOf("range=7d&account=1&sort=name")],
    ["computers", "a saved view", viewOf("computer=1")],
    ["alerts", "a mail", mailOf("/5/alerts/1")],
    ["accounts", "who was where", presenceOf(1, 9)],
    ["computers", "who was where", presenceOf(9, 1)],
    [
      "computers",
      "stored time",
      `insert into time_spent_late (company_id, computer_id, at)
      values (:company, 1, now())`,
    ],
  ])("%s: %s", async (table, _, statements) => {
    await nameIt(statements);
    expect(await nextId(table)).toBe(GONE + 1);
  });
});

it("numbers that name nothing of the kind keep no id", async () => {
  await auditOf({ targetType: "site", targetId: 1, after: { siteId: 1, minutes: 1, name: "1" } });
  await nameIt(`
    insert into saved_views (company_id, name, table_name, query) values (:company, 'Any', 'events', 'site=1&limit=1&q=account=1');
    insert into detection_exceptions (company_id, rule, computer_id, reason) values (:company, 'any', 1, '1')`);
  expect(await nextId("accounts")).toBe(1);
  expect(await nextId("alerts")).toBe(1);
});

// Nothing takes rows from the trail, so each of these is about the id behind the ones before.
it.each<[string, number, Partial<AuditRow>]>([
  ["accounts", 1, { targetType: "account", targetId: 1 }],
  ["accounts", 2, { after: { accountId: 2 } }],
  ["accounts", 3, { before: { accountIds: [2_147_483_000, 3] } }],
  ["computers", 1, { targetType: "computer", targetId: 1 }],
  ["computers", 2, { before: { computerId: 2 } }],
  ["alerts", 1, { targetType: "alert", targetId: 1 }],
])("an id of %s that the audit trail names is not given out again: %i in %j", async (table, id, row) => {
  expect(await nextId(table)).toBe(id);
  await auditOf(row);
  expect(await nextId(table)).toBe(id + 1);
});
