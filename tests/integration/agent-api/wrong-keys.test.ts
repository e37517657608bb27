import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { database } from "@/db/client";
import { findKey } from "@/lib/services/api-keys/find-key";
import { createKey, type RevealedKey } from "@/lib/services/sites/change-key";
import { eventually, operatorIn } from "../../support/notifying";
import { provideOwnDatabase } from "../../support/own-database";
import { makeCompany, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();

let company: TestCompany;
beforeAll(async () => {
  company = await makeCompany("Tried keys");
});

const wrongKey = () => randomBytes(32).toString("hex");
const newKey = (): Promise<RevealedKey> =>
  createKey(operatorIn(company), {
    siteId: company.siteIds[0]!,
    description: "gate",
    scopes: ["ingest"],
    expiresInDays: null,
  });
const companyOf = async (key: string) => (await findKey(key))?.key.companyId ?? null;

test("different wrong keys leave the connections to others, however many are tried at once", async () => {
  const right = await newKey();
  let looked: Promise<(number | null)[]> = Promise.resolve([]);
  await database().transaction(async (tx) => {
    // What looks into the table of keys waits until the end of this transaction.
    await tx.execute(sql`lock table app_auth_api_keys in access exclusive mode`);
    const keys = [
      ...Array.from({ length: 700 }, wrongKey),
      right.key,
      ...Array.from({ length: 700 }, wrongKey),
    ];
    looked = Promise.all(keys.map(companyOf));
    const waiting = async () => {
      const [row] = await tx.execute<{ count: number }>(sql`
        select count(*)::int as count from pg_locks where relation = 'app_auth_api_keys'::regclass and not granted`);
      return row!.count;
    };
    await eventually("keys are looked up", async () => (await waiting()) > 0);
    expect([...(await database().execute(sql`select 1 as one`))]).toEqual([{ one: 1 }]);
    expect(await waiting()).toBeLessThanOrEqual(2);
  });
  const found = await looked;
  expect(found.filter((companyId) => companyId !== null)).toEqual([company.companyId]);
  expect(found[700]).toBe(company.companyId);
});

test("a key that was tried before it was there works as soon as the servers hear of it", async () => {
  const { id, key } = await newKey();
  const setDeleted = (at: string | null) =>
    database().execute(sql`
      update app_auth_api_keys set deleted_at = ${at}::timestamptz
      where company_id = ${company.companyId} and id = ${id}`);
  await setDeleted("2026-01-01T00:00:00Z");
  await eventually("the key is unknown", async () => (await companyOf(key)) === null);
  await setDeleted(null);
  await eventually("the key is known", async () => (await companyOf(key)) !== null);
  expect(await companyOf(key)).toBe(company.companyId);
});
