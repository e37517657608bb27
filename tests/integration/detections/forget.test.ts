import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { database } from "@/db/client";
import { forgetOf, forgetOnce } from "@/lib/services/detections/forget-memories";
import { settleStored } from "../../support/detecting";
import { provideOwnDatabase } from "../../support/own-database";
import { makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();

const { signal } = new AbortController();

/** A company with a cursor and a backlog, and so many memories of invented accounts of as many days ago. */
async function companyWith(memories: readonly { rule: string; count: number; days: number }[]) {
  const company = await makeCompany("Forgetful");
  await storeEvents(company, [{ type: "logon", user: "anna", computer: "PC-1", at: Date.now() }]);
  await settleStored();
  for (const { rule, count, days } of memories) {
    await database().execute(sql`
      insert into detection_states (company_id, rule, subject_key, memory, updated_at)
      select ${company.companyId}::int, ${rule}, 'account:' || n || '/' || ${days}::int, '{}', now() - make_interval(days => ${days}::int)
      from generate_series(1, ${count}::int) n`);
  }
  await letForget(company);
  return company;
}

async function letForget({ companyId }: TestCompany): Promise<void> {
  await database().execute(sql`
    update detection_cursors set forgotten_at = now() - interval '11 minutes' where company_id = ${companyId}`);
}

async function kept({ companyId }: TestCompany): Promise<[rule: string, days: number, count: number][]> {
  const rows = await database().execute<{ rule: string; days: number; count: number }>(sql`
    select rule, split_part(subject_key, '/', 2)::int as days, count(*)::int as count from detection_states
    where company_id = ${companyId} group by 1, 2 order by 1, 2`);
  return rows.map(({ rule, days, count }) => [rule, days, count]);
}

const MIXED = [
  { rule: "habits", count: 30, days: 10 },
  { rule: "password-guessed", count: 2_500, days: 5 },
  { rule: "password-guessed", count: 40, days: 3 },
  { rule: "password-spray", count: 700, days: 5 },
  { rule: "unusual-hour", count: 20, days: 1 },
];
const LEFT = [
  ["habits", 10, 30],
  ["password-guessed", 3, 40],
  ["unusual-hour", 1, 20],
];

it.each([1, 7, 1_000, 3_290, 5_000])(
  "all that is kept no longer goes at once, though events wait to be checked (%i looked through at a time)",
  async (atOnce) => {
    const small = atOnce < 10;
    const company = await companyWith(
      small ? MIXED.map((one) => ({ ...one, count: one.count / 10 })) : MIXED,
    );
    await forgetOf(company.companyId, signal, atOnce);
    expect(await kept(company)).toEqual(
      small ? LEFT.map(([rule, days, count]) => [rule, days, Number(count) / 10]) : LEFT,
    );
  },
);

it("every company is looked through, and again after ten minutes only", async () => {
  const companies = [await companyWith(MIXED), await companyWith(MIXED)];
  await forgetOnce(signal);
  for (const company of companies) expect(await kept(company)).toEqual(LEFT);
  const [again, later] = companies as [TestCompany, TestCompany];
  await database().execute(sql`update detection_states set updated_at = updated_at - interval '5 years'`);
  await letForget(later);
  await forgetOnce(signal);
  expect(await kept(again)).toEqual(LEFT);
  expect(await kept(later)).toEqual([]);
});

it("when a company began to learn is known for good, however long nothing changes", async () => {
  const company = await companyWith([{ rule: "habits", count: 2, days: 1_200 }]);
  await database().execute(sql`
    insert into detection_states (company_id, rule, subject_key, memory, updated_at)
    values (${company.companyId}, 'habits', 'company', '{"firstAt": 1}', now() - interval '20 years')`);
  await forgetOf(company.companyId, signal);
  const rows = await database().execute(sql`
    select subject_key as key from detection_states where company_id = ${company.companyId}`);
  expect([...rows]).toEqual([{ key: "company" }]);
});

it("a memory that a rule has in hand is left", async () => {
  const company = await companyWith([{ rule: "password-guessed", count: 3, days: 5 }]);
  await database().transaction(async (tx) => {
    await tx.execute(sql`
      update detection_states set updated_at = now() where company_id = ${company.companyId} and subject_key like 'account:2/%'`);
    await forgetOf(company.companyId, signal);
  });
  expect(await kept(company)).toEqual([["password-guessed", 5, 1]]);
});
