import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { createKey, rotateKey } from "@/lib/services/sites/change-key";
import { readSites, type KeyView } from "@/lib/services/sites/read-sites";
import { keyRotationInput } from "@/lib/services/sites/site-input";
import { operatorIn } from "../../support/notifying";
import { makeCompany, type TestCompany } from "../../support/stored-events";

const DAY = 86_400_000;

let company: TestCompany;
beforeAll(async () => {
  company = await makeCompany("Rotating");
});

async function keyWith(id: number): Promise<KeyView> {
  const sites = await readSites(operatorIn(company), "UTC");
  return sites.flatMap(({ keys }) => keys).find((key) => key.id === id)!;
}

/** A key that was made so many days ago, for so many days. */
async function agedKey(daysAgo: number, expiresInDays: number | null): Promise<KeyView> {
  const siteId = company.siteIds[0]!;
  const { id } = await createKey(operatorIn(company), {
    siteId,
    description: "Reception",
    scopes: ["ingest", "read"],
    expiresInDays,
  });
  await database().execute(sql`
    update app_auth_api_keys set created_at = created_at - make_interval(days => ${daysAgo}),
      expires_at = expires_at - make_interval(days => ${daysAgo})
    where company_id = ${company.companyId} and id = ${id}`);
  return keyWith(id);
}

/** As the dialog sends it: what the screen proposes unless something else is typed. */
async function rotated(key: KeyView, typed: Record<string, string> = {}): Promise<KeyView> {
  const proposed = { overlapHours: "168", expiresInDays: String(key.lifeDays ?? "") };
  const input = keyRotationInput.parse({ keyId: String(key.id), ...proposed, ...typed });
  return keyWith((await rotateKey(operatorIn(company), input)).id);
}

const daysOf = (key: KeyView) => (key.expiresAt! - key.createdAt) / DAY;

describe("a rotated key", () => {
  it("is valid as long as the old one was, counted from now", async () => {
    const old = await agedKey(80, 90);
    const successor = await rotated(old);
    expect(successor.lifeDays).toBe(90);
    expect(daysOf(successor)).toBeCloseTo(90, 3);
    expect(successor.scopes).toEqual(["ingest", "read"]);
  });

  it("never expires if the old one never did", async () => {
    const successor = await rotated(await agedKey(400, null));
    expect([successor.expiresAt, successor.lifeDays]).toEqual([null, null]);
  });

  it("is valid for the days that are typed, or for good if the field is emptied", async () => {
    expect(daysOf(await rotated(await agedKey(0, 90), { expiresInDays: "30" }))).toBeCloseTo(30, 3);
    expect((await rotated(await agedKey(0, 90), { expiresInDays: " " })).expiresAt).toBe(null);
  });

  it("leaves the old one its date when that comes before the end of the overlap", async () => {
    const old = await agedKey(88, 90);
    await rotated(old);
    expect((await keyWith(old.id)).expiresAt).toBe(old.expiresAt);
    const young = await agedKey(1, 90);
    await rotated(young, { overlapHours: "24" });
    expect((await keyWith(young.id)).expiresAt).toBeLessThan(Date.now() + 2 * DAY);
  });

  it("gets a proposal that the form accepts, however long or short the old one was valid", async () => {
    expect((await agedKey(3_000, 3_650)).lifeDays).toBe(3_650);
    const long = await agedKey(3_000, 3_650);
    await database().execute(sql`
      update app_auth_api_keys set expires_at = now() + interval '3650 days'
      where company_id = ${company.companyId} and id = ${long.id}`);
    expect((await rotated(await keyWith(long.id))).lifeDays).toBe(3_650);
    const ended = await agedKey(1, 90);
    await rotated(ended, { overlapHours: "0" });
    await database().execute(sql`
      update app_auth_api_keys set created_at = now() where company_id = ${company.companyId} and id = ${ended.id}`);
    expect((await rotated(await keyWith(ended.id))).lifeDays).toBe(1);
  });

  it.each([["0"], ["3651"], ["-1"], ["soon"]])("is not made with %s as its days", (days) => {
    const parsed = keyRotationInput.safeParse({ keyId: "1", overlapHours: "24", expiresInDays: days });
    expect(parsed.error?.issues.map(({ path }) => path)).toEqual([["expiresInDays"]]);
  });
});
