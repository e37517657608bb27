import { readFile } from "node:fs/promises";
import { sql } from "drizzle-orm";
import { beforeEach, expect, it } from "vitest";
import { database } from "@/db/client";
import { storeComputers } from "../../support/known-computers";
import { provideOwnDatabase } from "../../support/own-database";
import { makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();

const NOW = Date.now();
const LARGEST = 2_147_483_647;

let company: TestCompany;

beforeEach(async () => {
  await database().execute(sql`delete from computers`);
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
