import { randomUUID } from "node:crypto";
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
  for (const { id } of [mine, theirs]) await fillTenantTables(connectionPool(), id);
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

interface Breach {
  /** Statements that open the wall, and those that close it again. */
  open: readonly string[];
  close: readonly string[];
  only?: string;
}

/** What the check says while the wall is open. */
async function problemsWith({ open, close, only }: Breach): Promise<string[]> {
  const sql = connectionPool();
  try {
    for (const statement of open) await sql.unsafe(statement);
    return await findWallProblems(sql, { mine: mine.id, theirs: theirs.id, only });
  } finally {
    for (const statement of close) await sql.unsafe(statement);
  }
}

/** The tables with the rule of companies, each with the statement that gives it the rule. */
async function listRules(): Promise<{ name: string; rule: string }[]> {
  return connectionPool().unsafe<{ name: string; rule: string }[]>(`
    select relname as name, format('create policy company_rows on %I to winauthmon_app using (%s)', relname,
        pg_get_expr(polqual, polrelid))
      || coalesce(format(' with check (%s)', pg_get_expr(polwithcheck, polrelid)), '') as rule
    from pg_policy join pg_class on pg_class.oid = polrelid
    where polname = 'company_rows' order by 1`);
}

it("every table with a company's rows shows, moves and deletes only the companies set", async () => {
  expect(await problemsWith({ open: [], close: [] })).toEqual([]);
});

it("a scope of two companies, as a commit for several has it, is as closed to a third", async () => {
  const beside = await createCompany(operatorActor("command line"), { name: `Beside ${randomUUID()}` });
  const seen = { mine: mine.id, theirs: theirs.id, beside: beside.id };
  expect(await findWallProblems(connectionPool(), seen)).toEqual([]);
});

it(
  "every table counts: without its policy, its lock on the owner or its rule the check names it",
  { timeout: 600_000 },
  async () => {
    const tables = await listRules();
    expect(tables.length).toBeGreaterThan(10);
    for (const { name, rule } of tables) {
      const drop = `drop policy company_rows on ${name}`;
      const [closed, open, off, unforced] = [
        await problemsWith({ only: name, open: [drop], close: [rule] }),
        await problemsWith({
          only: name,
          open: [drop, `create policy company_rows on ${name} to winauthmon_app using (true)`],
          close: [drop, rule],
        }),
        await problemsWith({
          only: name,
          open: [`alter table ${name} disable row level security`],
          close: [`alter table ${name} enable row level security`],
        }),
        await problemsWith({
          only: name,
          open: [`alter table ${name} no force row level security`],
          close: [`alter table ${name} force row level security`],
        }),
      ];
      expect(closed).toContain(`${name}: hides the company's own rows`);
      expect(open).toEqual(
        expect.arrayContaining([
          `${name}: shows another company's rows`,
          `${name}: shows rows with no company set`,
        ]),
      );
      expect(off).toContain(`${name}: row-level security is off`);
      expect(off).toEqual(expect.arrayContaining(open));
      expect(unforced).toEqual([`${name}: row-level security does not bind the owner`]);
    }
    expect(await listRules()).toEqual(tables);
  },
);

it("a new table or view joins by itself, and needs a wall and rows", async () => {
  const added = await problemsWith({
    open: [
      "create table newest (company_id integer)",
      "grant select on newest to winauthmon_app",
      "create view newest_view as select company_id from newest",
    ],
    close: ["drop view newest_view", "drop table newest"],
  });
  expect(added).toEqual(
    expect.arrayContaining([
      "view newest_view: not security_invoker",
      "newest: row-level security is off",
      "newest: the fixture lacks rows",
    ]),
  );
  const granted = await problemsWith({
    open: ["grant select on api_error_logs to winauthmon_app"],
    close: ["revoke select on api_error_logs from winauthmon_app"],
  });
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
  expect(await asApp([mine.id], "select * from notifications where company_id = 0")).toEqual([]);
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
