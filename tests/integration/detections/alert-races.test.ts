import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { connectionPool, database } from "@/db/client";
import { lockAlerts } from "@/db/queries/detections/change-alerts";
import { ensureSettings } from "@/db/queries/global/first-start";
import { writeAlerts } from "@/db/queries/detections/write-alerts";
import { writeWithin } from "@/db/scope";
import type { AlertDraft } from "@/lib/domain/detections/alert-draft";
import { provideOwnDatabase } from "../../support/own-database";
import { rowsRead, usualPlansOf } from "../../support/query-plans";
import { makeCompany } from "../../support/stored-events";

provideOwnDatabase();

const NOW = Date.now();

beforeAll(() => database().transaction(ensureSettings));

const draftOf = (key: number, count = 5): AlertDraft => ({
  rule: "password-spray",
  subjectKey: 'address:10.0.0.1, "x"',
  key,
  severity: "high",
  accountId: null,
  address: "10.0.0.1",
  computerId: null,
  siteId: null,
  firstAt: NOW,
  sinceAt: NOW,
  lastAt: NOW,
  count,
  threshold: 5,
  windowMinutes: 10,
  eventIds: [key],
  accountIds: [],
  computerIds: [],
  codes: [],
  compared: {},
  isLate: false,
});

it("alerts that grow are found among many by their names", async () => {
  const { companyId, scope } = await makeCompany("Grown");
  await database().execute(sql`
    insert into alerts (company_id, rule, subject_key, key_event_id, severity, address, first_at, since_at, last_at, count,
      threshold, window_minutes, event_ids, account_ids, computer_ids)
    select ${companyId}, 'password-spray', ${draftOf(1).subjectKey}, n, 'high', '10.0.0.1', now(), now(), now(), 5, 5, 10,
      '{1}', '{}', '{}' from generate_series(1, 3000) n`);
  await connectionPool()`analyze alerts`;
  const plans = await writeWithin(scope, (tx) =>
    usualPlansOf(tx, (explained) => writeAlerts(explained, scope, [draftOf(2_000), draftOf(1_000)])),
  );
  expect(rowsRead(plans, "alerts")).toBeGreaterThan(0);
  expect(rowsRead(plans, "alerts")).toBeLessThan(100);
});

describe("rules and somebody who holds several alerts, as people who leave or handle many at once do,", () => {
  it.each([
    ["that grow in another order", [draftOf(2, 9), draftOf(1, 8)], [], [8, 9]],
    ["of which one is part of another by now", [draftOf(1, 8)], [draftOf(2)], [8]],
    ["beside one that opens", [draftOf(2, 9), draftOf(3, 7), draftOf(1, 8)], [], [8, 9, 7]],
  ])("don't wait for each other: alerts %s", async (_, drafts, absorbed, counts) => {
    const { companyId, scope } = await makeCompany("Held");
    const [first, second] = await writeWithin(scope, (tx) =>
      writeAlerts(tx, scope, [draftOf(1), draftOf(2)]),
    );
    let growing: Promise<PromiseSettledResult<unknown>[]> | undefined;
    await writeWithin(scope, async (tx) => {
      await lockAlerts(tx, scope, [first!.id]);
      growing = Promise.allSettled([
        writeWithin(scope, (other) => writeAlerts(other, scope, drafts, absorbed)),
      ]);
      const waiting = sql`
        select from pg_stat_activity where datname = current_database() and state = 'active'
          and wait_event_type in ('Lock', 'Extension')`;
      await expect.poll(() => database().execute(waiting)).toHaveLength(1);
      await lockAlerts(tx, scope, [second!.id]);
    });
    expect(await growing).toMatchObject([{ status: "fulfilled" }]);
    const rows = await database().execute<{ count: number }>(sql`
      select count from alerts where company_id = ${companyId} order by id`);
    expect(rows.map(({ count }) => count)).toEqual(counts);
  });
});
