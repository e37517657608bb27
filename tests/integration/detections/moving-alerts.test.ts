import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { closeDatabase, database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { writeWithin } from "@/db/scope";
import { alertsList } from "@/lib/services/tables/alert-lists";
import { rowsOf } from "../../support/ask-table";
import { makeCompany, type TestCompany } from "../../support/stored-events";

const further = vi.hoisted(() => ({ before: async () => {} }));
vi.mock("@/lib/services/detections/list-alerts", async (original) => {
  const real = await original<typeof import("@/lib/services/detections/list-alerts")>();
  const pageAlerts: typeof real.pageAlerts = async (scope, query, range, page) => {
    if (page.after !== null) await further.before();
    return real.pageAlerts(scope, query, range, page);
  };
  return { ...real, pageAlerts };
});

/** Files read 1,000 at a time. */
const COUNT = 1_200;
const START = "2026-05-20T12:00:00Z";

let company: TestCompany;

beforeAll(() => database().transaction(ensureSettings));
beforeEach(async () => {
  company = await makeCompany("Growing");
  further.before = async () => {};
  await database().execute(sql`
    insert into alerts (company_id, rule, subject_key, key_event_id, severity, address, first_at, since_at, last_at, count,
      threshold, window_minutes, event_ids, account_ids, computer_ids)
    select ${company.companyId}, 'password-guessing', 'address:' || n, n, 'high', 'a-' || n, at, at, at, n, 5, 10, '{1}',
      '{}', '{}'
    from generate_series(1, ${COUNT}::int) n, lateral (select ${START}::timestamptz + interval '1 minute' * n as at) t`);
});
afterAll(closeDatabase);

/** The lowest becomes the highest by its last event and their number, the highest the lowest by its first event. */
async function growBoth(): Promise<void> {
  await writeWithin(company.scope, (tx) =>
    tx.execute(sql`
      update alerts set count = case key_event_id when 1 then 5000 else count end,
        last_at = case key_event_id when 1 then last_at + interval '9 days' else last_at end,
        first_at = case key_event_id when 1 then first_at else first_at - interval '9 days' end
      where company_id = ${company.companyId} and key_event_id in (1, ${COUNT})`),
  );
}

it.each(["lastAt", "-lastAt", "firstAt", "-firstAt", "count", "-count"])(
  "files of alerts by %s have each once, though alerts grow while they are read",
  async (sort) => {
    const grow = vi.fn<() => Promise<void>>(growBoth);
    further.before = grow;
    const rows = await rowsOf(alertsList, company, { sort });
    expect(grow).toHaveBeenCalledOnce();
    expect(rows).toHaveLength(COUNT);
    const addresses = rows.map((row) => (row as unknown[]).find((cell) => /^a-\d+$/.test(String(cell))));
    expect(new Set(addresses).size).toBe(COUNT);
  },
);
