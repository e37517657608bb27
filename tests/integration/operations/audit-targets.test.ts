import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDatabase, database } from "@/db/client";
import { markSiteDeleted } from "@/db/queries/companies/sites";
import { writeWithin } from "@/db/scope";
import { findTargetPlaces } from "@/lib/services/audit/target-places";
import { readAccess } from "@/lib/services/access/read-access";
import { makeUser, type Person } from "../../support/people";
import { makeKey } from "../../support/read-keys";
import { idOf, makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";

const GONE = "999999999";
let own: TestCompany;
let other: TestCompany;
let admin: Person;
let globalAdmin: Person;
let stranger: Person;
let ids: { account: string; computer: string; key: string };

beforeAll(async () => {
  [own, other] = [await makeCompany("Trail"), await makeCompany("Other trail")];
  admin = await makeUser("User", [{ companyId: own.companyId, role: "CompanyAdmin" }]);
  stranger = await makeUser("User", [{ companyId: other.companyId, role: "User" }]);
  globalAdmin = await makeUser("GlobalAdmin");
  await storeEvents(own, [{ type: "Logon", user: "anna", computer: "PC-1", at: Date.now() - 60_000 }]);
  await makeKey(own);
  const [key] = await database().execute<{ id: number }>(
    sql`select max(id) as id from app_auth_api_keys where company_id = ${own.companyId}`,
  );
  ids = {
    account: await idOf("accounts", own, "anna"),
    computer: await idOf("computers", own, "PC-1"),
    key: String(key!.id),
  };
});
afterAll(() => closeDatabase());

type Named = readonly [type: string, id: string | null, company?: TestCompany | null];

/** Where rows about these lead for a reader, in their order; without a company they are the first one's. */
async function placesFor({ id }: Person, isPortal: boolean, targets: readonly Named[]) {
  const { actor, scope } = (await readAccess(id))!;
  const entries = targets.map(([targetType, targetId, company = own], seq) => ({
    seq,
    company: company && { id: company.companyId, name: company.name },
    targetType,
    targetId,
  }));
  const places = await findTargetPlaces({ actor, scope, isPortal }, entries);
  return targets.map((_, seq) => places.get(seq) ?? null);
}

it("leads from the trail to what is still there", async () => {
  const { companyId, siteIds } = own;
  const targets: Named[] = [
    ["account", ids.account],
    ["computer", ids.computer],
    ["site", String(siteIds[0])],
    ["api-key", ids.key],
    ["company", String(companyId)],
    ["rule", "password-guessing"],
    ["user", String(admin.id)],
  ];
  expect(await placesFor(admin, false, targets)).toEqual([
    `/${companyId}/accounts/${ids.account}`,
    `/${companyId}/computers/${ids.computer}`,
    `/${companyId}/computers?site=${siteIds[0]}`,
    `/${companyId}/sites#key-${ids.key}`,
    `/${companyId}/dashboard`,
    `/${companyId}/alerts/rules#password-guessing`,
    `/${companyId}/members/${admin.id}`,
  ]);
});

it("leads nowhere from what is gone or has no page", async () => {
  const types = ["account", "computer", "site", "api-key", "alert", "channel", "schedule", "user", "company"];
  const targets = [
    ...types.map((type): Named => [type, GONE]),
    ["rule", "no-such-rule"],
    ["account", "nonsense"],
    ["account", null],
    ["session", "1"],
  ] as const;
  expect(await placesFor(admin, false, targets)).toEqual(targets.map(() => null));
});

it("leads nowhere from a site and a key that are only marked as deleted", async () => {
  const gone = await makeCompany("Closed trail", 2);
  await makeKey(gone);
  const [key] = await database().execute<{ id: number }>(
    sql`select max(id) as id from app_auth_api_keys where company_id = ${gone.companyId}`,
  );
  const [closed, kept] = gone.siteIds;
  const targets: Named[] = [
    ["site", String(closed), gone],
    ["api-key", String(key!.id), gone],
    ["site", String(kept), gone],
  ];
  const before = await placesFor(globalAdmin, true, targets);
  expect(before).not.toContain(null);
  await writeWithin(gone.scope, (tx) => markSiteDeleted(tx, gone.scope, closed!));
  expect(await placesFor(globalAdmin, true, targets)).toEqual([null, null, before[2]]);
});

it("leads nowhere from what belongs to another company than its row, or to one that the reader may not see", async () => {
  const foreign = String(other.siteIds[0]);
  const targets: Named[] = [
    ["site", foreign],
    ["site", foreign, other],
    ["company", String(other.companyId), other],
    ["user", String(stranger.id)],
    ["user", String(globalAdmin.id)],
  ];
  expect(await placesFor(admin, false, targets)).toEqual(targets.map(() => null));
});

it("leads only where the reader may go", async () => {
  const foreign = String(other.siteIds[0]);
  const [key] = await database().execute<{ id: number }>(
    sql`select min(id) as id from app_auth_api_keys where company_id = ${other.companyId}`,
  );
  const targets: Named[] = [
    ["site", foreign, other],
    ["api-key", String(key!.id), other],
  ];
  expect(await placesFor(stranger, false, targets)).toEqual([
    `/${other.companyId}/computers?site=${foreign}`,
    null,
  ]);
});

it("leads from the whole trail to the portal's page of a user", async () => {
  const targets: Named[] = [
    ["user", String(stranger.id), null],
    ["user", GONE, null],
    ["site", String(other.siteIds[0]), other],
  ];
  expect(await placesFor(globalAdmin, true, targets)).toEqual([
    `/admin/users/${stranger.id}`,
    null,
    `/${other.companyId}/computers?site=${other.siteIds[0]}`,
  ]);
});
