import { randomUUID } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import { connectionPool } from "@/db/client";
import { operatorActor } from "@/lib/services/audit/actor";
import { createCompany, type CreatedCompany } from "@/lib/services/companies/create-company";
import { provideOwnDatabase } from "../../support/own-database";

provideOwnDatabase();

const TENANT_TABLES = [
  "app_auth_companies",
  "sites",
  "app_auth_api_keys",
  "api_key_usage",
  "app_auth_user_companies",
  "accounts",
  "computers",
  "events",
  "event_counts",
  "presence",
  "audit_log",
  "notification_channels",
  "notification_subscriptions",
  "notifications",
  "notification_deliveries",
  "notification_items",
  "notification_attempts",
  "notification_reads",
  "queue_entries",
];
/** Holds numbers of companies, but only the server itself reads it. */
const NOT_TENANT_TABLES = ["api_error_logs"];
let mine: CreatedCompany;
let theirs: CreatedCompany;

beforeAll(async () => {
  mine = await createCompany(operatorActor("command line"), { name: `Mine ${randomUUID()}` });
  theirs = await createCompany(operatorActor("command line"), { name: `Theirs ${randomUUID()}` });
});

/** Runs a statement as the app's role with the given companies set, and undoes it. */
async function asApp(
  companyIds: readonly number[] | null,
  statement: string,
): Promise<Record<string, unknown>[]> {
  const undo = new Error("undo");
  let rows: Record<string, unknown>[] = [];
  await connectionPool()
    .begin(async (sql) => {
      await sql.unsafe("set local role winauthmon_app");
      if (companyIds) await sql.unsafe(`set local app.company_ids = '{${companyIds.join(",")}}'`);
      rows = [...(await sql.unsafe(statement))];
      throw undo;
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error;
    });
  return rows;
}

it("stands around every table with a company's rows, also against the owner", async () => {
  const rows = await connectionPool()<{ name: string; isForced: boolean; policies: number }[]>`
    select c.relname as name, c.relforcerowsecurity and c.relrowsecurity as "isForced",
      (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'company_id' and not a.attisdropped
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'`;
  const open = rows.filter(({ isForced, policies }) => !isForced || policies < 2).map(({ name }) => name);
  expect(open).toEqual(NOT_TENANT_TABLES);
  const walled = rows.map(({ name }) => name).filter((name) => !NOT_TENANT_TABLES.includes(name));
  expect([...walled, "app_auth_companies"].toSorted()).toEqual(TENANT_TABLES.toSorted());
});

it.each(TENANT_TABLES)("%s reads empty with no company set", async (table) => {
  expect(await asApp(null, `select * from ${table}`)).toEqual([]);
});

it.each(TENANT_TABLES)("%s shows nothing of another company", async (table) => {
  const column = table === "app_auth_companies" ? "id" : "company_id";
  expect(await asApp([mine.id], `select * from ${table} where ${column} = ${theirs.id}`)).toEqual([]);
});

it("refuses writes with no company set, and into another company", async () => {
  const insert = `insert into sites (company_id, name) values (${theirs.id}, 'intruder')`;
  await expect(asApp(null, insert)).rejects.toThrow(/row-level security/);
  await expect(asApp([mine.id], insert)).rejects.toThrow(/row-level security/);
  expect(
    await asApp([mine.id], `update sites set name = 'x' where company_id = ${theirs.id} returning id`),
  ).toEqual([]);
  expect(await asApp([mine.id], `delete from sites where company_id = ${theirs.id} returning id`)).toEqual(
    [],
  );
  expect(await asApp([mine.id], `select id from sites`)).toHaveLength(1);
});

it("keeps the portal's own notifications from every company, and lets none write them", async () => {
  const insert = (companyId: number) =>
    `insert into notifications (company_id, kind, severity, params) values (${companyId}, 'job.failed', 'critical', '{}')`;
  await connectionPool().unsafe(insert(0));
  expect(await asApp([mine.id], "select * from notifications")).toEqual([]);
  expect(await asApp([0], "select * from notifications")).toHaveLength(1);
  await expect(asApp([mine.id], insert(0))).rejects.toThrow(/row-level security/);
  await expect(asApp([0], insert(mine.id))).rejects.toThrow(/row-level security/);
  const audit = `insert into audit_log (company_id, action, seq, at, prev_hash, hash) values (null, 'x', 0, now(), '', '')`;
  await expect(asApp([mine.id], audit)).rejects.toThrow(/row-level security/);
  expect(await asApp([0], audit)).toEqual([]);
});

it("lets the app's role neither change nor remove the audit trail", async () => {
  await expect(asApp([mine.id], "update audit_log set action = 'x'")).rejects.toThrow(/permission denied/);
  await expect(asApp([mine.id], "delete from audit_log")).rejects.toThrow(/permission denied/);
});
