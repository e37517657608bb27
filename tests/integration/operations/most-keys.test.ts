import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { database } from "@/db/client";
import { createKey, rotateKey } from "@/lib/services/sites/change-key";
import { deleteSite } from "@/lib/services/sites/change-site";
import { createSite, MOST_KEYS, MOST_SITES } from "@/lib/services/sites/create-site";
import { operatorIn } from "../../support/notifying";
import { makeCompany, type TestCompany } from "../../support/stored-events";

let full: TestCompany;
let other: TestCompany;

beforeAll(async () => {
  full = await makeCompany("As many as may be");
  other = await makeCompany("Few");
});

const scopes = ["ingest" as const];
const newKey = ({ siteIds }: TestCompany) => ({
  siteId: siteIds[0]!,
  description: "more",
  scopes,
  expiresInDays: null,
});

it("refuses a further site where a company has as many as it may, and makes one for another and once one is deleted", async () => {
  const { companyId } = full;
  await database().execute(sql`
    insert into sites (company_id, name)
    select ${companyId}::int, 'Many ' || n
    from generate_series(1, ${MOST_SITES}::int - (select count(*)::int from sites where company_id = ${companyId})) n`);
  const refusal = { code: "conflict", message: "There are already 2,000 sites. Delete one first." };
  await expect(createSite(operatorIn(full), { name: "More" })).rejects.toMatchObject(refusal);
  expect(await createSite(operatorIn(other), { name: "More" })).toEqual({ siteId: expect.any(Number) });
  const [last] = await database().execute<{ id: number }>(sql`
    select id from sites where company_id = ${companyId} and name = 'Many 1'`);
  await deleteSite(operatorIn(full), { siteId: last!.id, confirmedName: "Many 1" });
  expect(await createSite(operatorIn(full), { name: "More" })).toEqual({ siteId: expect.any(Number) });
});

it("refuses a further key where a company has as many as it may, also by a new site or a rotation", async () => {
  const { companyId, siteIds } = full;
  const { id: keyId } = await createKey(operatorIn(full), newKey(full));
  await database().execute(sql`
    insert into app_auth_api_keys (company_id, site_id, key_digest, key_encrypted)
    select ${companyId}::int, ${siteIds[0]!}::int, sha256(convert_to('most keys ' || n, 'utf8')), '\\x00'
    from generate_series(1, ${MOST_KEYS}::int
      - (select count(*)::int from app_auth_api_keys where company_id = ${companyId} and deleted_at is null)) n`);
  await database().execute(sql`
    update sites set deleted_at = now() where company_id = ${companyId} and name = 'Many 2'`);
  const refusal = { code: "conflict", message: "There are already 10,000 API keys. Delete one first." };
  const rotation = { keyId, overlapHours: 24, expiresInDays: null };
  await expect(createKey(operatorIn(full), newKey(full))).rejects.toMatchObject(refusal);
  await expect(rotateKey(operatorIn(full), rotation)).rejects.toMatchObject(refusal);
  await expect(createSite(operatorIn(full), { name: "Even more" })).rejects.toMatchObject(refusal);
  expect((await createKey(operatorIn(other), newKey(other))).id).toEqual(expect.any(Number));
});
