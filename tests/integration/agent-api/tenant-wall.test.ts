import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { beforeAll, expect, it } from "vitest";
import { connectionPool } from "@/db/client";
import { operatorActor } from "@/lib/services/audit/actor";
import { createCompany, type CreatedCompany } from "@/lib/services/companies/create-company";
import { provideOwnDatabase } from "../../support/own-database";
import { fillTenantTables, findWallProblems } from "../../support/tenant-wall";

provideOwnDatabase();

let mine: CreatedCompany;
let theirs: CreatedCompany;

beforeAll(async () => {
  mine = await createCompany(operatorActor("command line"), { name: `Mine ${randomUUID()}` });
  theirs = await createCompany(operatorActor("command line"), { name: `Theirs ${randomUUID()}` });
});

/** Does the work in a transaction that is never kept. */
async function undone(work: (sql: postgres.TransactionSql) => Promise<void>): Promise<void> {
  const undo = new Error("undo");
  await connectionPool()
    .begin(async (sql) => {
      await work(sql);
      throw undo;
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error;
    });
}

/** Runs a statement as the app's role with the given companies set, and undoes it. */
async function asApp(
  companyIds: readonly number[] | null,
  statement: string,
): Promise<Record<string, unknown>[]> {
  let rows: Record<string, unknown>[] = [];
  await undone(async (sql) => {
    await sql.unsafe("set local role winauthmon_app");
    if (companyIds) await sql.unsafe(`set local app.company_ids = '{${companyIds.join(",")}}'`);
    rows = [...(await sql.unsafe(statement))];
  });
  return rows;
}

/** What the check says with rows of both companies in every table, after each statement alone. */
async function problemsAfter(cases: readonly { statement: string; only?: string }[]): Promise<string[][]> {
  const problems: string[][] = [];
  await undone(async (sql) => {
    for (const { id } of [mine, theirs]) await fillTenantTables(sql, id);
    for (const { statement, only } of cases) {
      await sql.unsafe("savepoint whole");
      await sql.unsafe(statement);
      problems.push(await findWallProblems(sql, { mine: mine.id, theirs: theirs.id, only }));
      await sql.unsafe("rollback to savepoint whole");
    }
  });
  return problems;
}

it("every table with a company's rows shows, moves and deletes only the companies set", async () => {
  expect(await problemsAfter([{ statement: "select" }])).toEqual([[]]);
});

it("a scope of two companies, as a commit for several has it, is as closed to a third", async () => {
  const beside = await createCompany(operatorActor("command line"), { name: `Beside ${randomUUID()}` });
  await undone(async (sql) => {
    for (const { id } of [mine, theirs]) await fillTenantTables(sql, id);
    expect(await findWallProblems(sql, { mine: mine.id, theirs: theirs.id, beside: beside.id })).toEqual([]);
  });
});

it("every table counts: without its policy, its lock on the owner or its rule the check names it", async () => {
  const tables = await connectionPool().unsafe<{ name: string }[]>(
    "select distinct tablename as name from pg_policies where policyname = 'company_rows' order by 1",
  );
  expect(tables.length).toBeGreaterThan(10);
  for (const { name } of tables) {
    const dropped = `drop policy company_rows on ${name}`;
    const [closed, open, off, unforced] = await problemsAfter(
      [
        dropped,
        `${dropped}; create policy company_rows on ${name} to winauthmon_app using (true)`,
        `alter table ${name} disable row level security`,
        `alter table ${name} no force row level security`,
      ].map((statement) => ({ statement, only: name })),
    );
    expect(closed).toContain(`${name}: hides the company's own rows`);
    expect(open).toEqual(
      expect.arrayContaining([
        `${name}: shows another company's rows`,
        `${name}: shows rows with no company set`,
      ]),
    );
    expect(off).toContain(`${name}: row-level security is off`);
    expect(off).toEqual(expect.arrayContaining(open!));
    expect(unforced).toEqual([`${name}: row-level security does not bind the owner`]);
  }
});

it("a new table or view joins by itself, and needs a wall and rows", async () => {
  const [added, granted] = await problemsAfter([
    {
      statement:
        "create table newest (company_id integer); grant select on newest to winauthmon_app; create view newest_view as select from newest",
    },
    { statement: "grant select on api_error_logs to winauthmon_app" },
  ]);
  expect(added).toEqual(
    expect.arrayContaining([
      "view newest_view: not security_invoker",
      "newest: row-level security is off",
      "newest: the fixture lacks rows",
    ]),
  );
  expect(granted).toEqual(["api_error_logs: the app's role can read it"]);
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
