import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { RANGE_PRESETS } from "@/lib/domain/events/event-range";
import { REPORT_PRESETS } from "@/lib/domain/reports/report-range";
import { ianaZone } from "@/lib/domain/zones";
import { TABLES } from "@/lib/services/tables/registry";
import type { TableSource } from "@/lib/services/tables/table-source";
import { PORTAL_ADMINISTRATOR } from "../../support/ask-table";
import { provideOwnDatabase } from "../../support/own-database";
import { makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();

/** At which every range by name becomes another, in a zone whose days are those of UTC then. */
const MIDNIGHT = Date.UTC(2026, 2, 1);
const DAY = 86_400_000;
const ID_COLUMN: Readonly<Record<string, string>> = {
  accounts: "accountId",
  computers: "computerId",
};

let company: TestCompany;

beforeAll(async () => {
  await database().transaction(ensureSettings);
  company = await makeCompany("Midnight");
  const { companyId } = company;
  // Three an evening, each of an account and a computer of its own; the day that comes has none yet.
  const times = Array.from({ length: 135 }, (_, n) => MIDNIGHT - (n % 45) * DAY - (1 + n) * 60_000);
  await storeEvents(
    company,
    times.map((at, n) => ({ type: "Logon", user: `u${n}`, computer: `pc${n}`, at })),
  );
  for (const [table, column] of [
    ["accounts", "account_id"],
    ["computers", "computer_id"],
  ] as const) {
    await database().execute(sql`update ${sql.raw(table)} t set first_seen_at = e.occurred_at,
        last_seen_at = e.occurred_at
      from events e where e.company_id = ${companyId} and t.company_id = ${companyId} and e.${sql.raw(column)} = t.id`);
  }
  await database().execute(sql`
    insert into alerts (company_id, rule, subject_key, key_event_id, severity, first_at, since_at, last_at, count, threshold,
      window_minutes, event_ids, account_ids, computer_ids, account_id, created_at)
    select company_id, 'password-guessing', 'account:' || account_id, id, 'high', occurred_at, occurred_at, occurred_at, 1,
      5, 10, '{1}', '{}', '{}', account_id, occurred_at
    from events where company_id = ${companyId}`);
});

function open(source: TableSource, params: Record<string, string>, now: number) {
  return source.open({
    scope: company.scope,
    params: new URLSearchParams(params),
    viewZone: ianaZone("Europe/London"),
    actor: PORTAL_ADMINISTRATOR,
    companyNames: null,
    now,
    signal: new AbortController().signal,
  });
}

/** The ids of all pages: the first is read at one moment, every other at another, with the cursors `pass` lets through. */
async function walk(
  source: TableSource,
  params: Record<string, string>,
  [first, then]: readonly [number, number],
  pass = (next: string) => next,
) {
  const ids: unknown[] = [];
  const ranges = new Set<string>();
  let pages = 0;
  for (let after: string | null = null; ; pages += 1) {
    const table = open(
      source,
      { ...params, limit: "2", ...(after && { after: pass(after) }) },
      after ? then : first,
    );
    const place = table.columns.findIndex(({ id }) => id === (ID_COLUMN[source.name] ?? "id"));
    const page = await table.page!();
    ids.push(...page.rows.map((row) => row[place]));
    ranges.add(JSON.stringify(table.range));
    after = page.next;
    if (after === null) return { ids, ranges: [...ranges], pages: pages + 1 };
  }
}

const ranged = TABLES.filter(({ isPaged, query }) => isPaged && "range" in query.shape);
const asked = ranged.flatMap((source) => {
  const presets = source.name === "events" ? RANGE_PRESETS : REPORT_PRESETS;
  return [...presets.map((range) => ({ range })), { from: "2026-02-28" }].map(
    (params) => [source.name, params, source] as const,
  );
});
const BEFORE = MIDNIGHT - 1_000;
const AFTER = MIDNIGHT + 1_000;

it("these tables are read by pages of a range", () => {
  expect(ranged.map(({ name }) => name)).toEqual(["events", "accounts", "computers", "alerts"]);
});

it.each(asked)("pages of %s for %o are of one range, also over midnight", async (_, params, source) => {
  const whole = await walk(source, params, [BEFORE, BEFORE]);
  expect(whole.pages).toBeGreaterThan(1);
  expect(whole.ranges).toHaveLength(1);
  expect(await walk(source, params, [BEFORE, AFTER])).toEqual(whole);
});

it.each(ranged.map((source) => [source.name, source] as const))(
  "a cursor of %s that an earlier release wrote goes on, and a damaged one is refused",
  async (_, source) => {
    const params = { range: "30d" };
    const whole = await walk(source, params, [BEFORE, BEFORE]);
    const earlier = (next: string) => next.slice(0, next.indexOf("."));
    expect(await walk(source, params, [BEFORE, BEFORE], earlier)).toEqual(whole);
    for (const end of [".", ".zzzzzzzzz", ".0", ".-1", ".x.y", `.${(BEFORE + 2 * DAY).toString(36)}`]) {
      const damaged = walk(source, params, [BEFORE, BEFORE], (next) => earlier(next) + end);
      await expect(damaged).rejects.toMatchObject({ code: "invalid", fields: [{ field: "after" }] });
    }
  },
);
