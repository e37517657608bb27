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
];
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

it("lets the app's role neither change nor remove the audit trail", async () => {
  await expect(asApp([mine.id], "update audit_log set action = 'x'")).rejects.toThrow(/permission denied/);
  await expect(asApp([mine.id], "delete from audit_log")).rejects.toThrow(/permission denied/);
});
