import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { database } from "@/db/client";
import { lockSite, markSiteDeleted } from "@/db/queries/companies/sites";
import { writeWithin } from "@/db/scope";
import { createKey, rotateKey } from "@/lib/services/sites/change-key";
import { operatorIn } from "../../support/notifying";
import { provideOwnDatabase } from "../../support/own-database";
import { makeCompany } from "../../support/stored-events";

provideOwnDatabase();

it("a key whose site is deleted meanwhile is not rotated, and neither waits for the other", async () => {
  const company = await makeCompany("Rotated too late");
  const { scope } = company;
  const siteId = company.siteIds[0]!;
  const made = { siteId, description: "", scopes: ["ingest" as const], expiresInDays: null };
  const { id: keyId } = await createKey(operatorIn(company), made);
  let rotating: Promise<PromiseSettledResult<unknown>[]> | undefined;
  // As a site is deleted, with the rotation between the two steps of it.
  await writeWithin(scope, async (tx) => {
    await lockSite(tx, scope, siteId);
    const rotation = { keyId, overlapHours: 24, expiresInDays: null };
    rotating = Promise.allSettled([rotateKey(operatorIn(company), rotation)]);
    const waiting = sql`
      select from pg_stat_activity where datname = current_database() and state = 'active'
        and wait_event_type in ('Lock', 'Extension')`; // a coordinator of Citus waits for its nodes
    await expect.poll(() => database().execute(waiting)).toHaveLength(1);
    await markSiteDeleted(tx, scope, siteId);
  });
  expect(await rotating).toMatchObject([{ reason: { code: "not_found" } }]);
});
