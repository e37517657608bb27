import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { database } from "@/db/client";
import { readLastSeenProgress, saveLastSeenProgress } from "@/db/queries/global/last-seen-progress";
import { deriveLastSeen } from "@/lib/services/events/derive-last-seen";
import { provideOwnDatabase } from "../../support/own-database";
import { makeCompany, storeEvents } from "../../support/stored-events";

provideOwnDatabase();

it("what a clock that was ahead noted as looked at is looked at again, and the note comes back to the present", async () => {
  const company = await makeCompany("Ahead");
  const at = Math.floor(Date.now() / 1000) * 1000 - 60_000;
  await storeEvents(company, [{ type: "Logon", user: "anna", computer: "PC-1", at }]);
  await database().execute(sql`
    update computers set last_seen_at = ${new Date(at - 86_400_000).toISOString()}
    where company_id = ${company.companyId}`);
  await saveLastSeenProgress(new Date(Date.now() + 365 * 86_400_000));
  await deriveLastSeen();
  const [seen] = await database().execute<{ ms: string }>(sql`
    select extract(epoch from last_seen_at) * 1000 as ms from computers where company_id = ${company.companyId}`);
  expect(Number(seen!.ms)).toBe(at);
  const { until, now } = await readLastSeenProgress();
  expect(until!.getTime()).toBeLessThanOrEqual(now.getTime());
  // From the past it goes on, and never back.
  await saveLastSeenProgress(new Date(until!.getTime() - 60_000));
  expect((await readLastSeenProgress()).until).toEqual(until);
});
