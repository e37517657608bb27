import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectionPool, database } from "@/db/client";
import { LAST_FOUND_FIRST, listAlerts, type AlertOrder } from "@/db/queries/detections/read-alerts";
import { pgArray } from "@/db/queries/pg-array";
import { ensureSettings } from "@/db/queries/global/first-start";
import { readWithin } from "@/db/scope";
import { ALERT_SEVERITIES } from "@/lib/domain/detections/rule";
import { encodeSortCursor } from "@/lib/domain/list-page";
import { ALERT_SORTS, type AlertListRow, type AlertSort } from "@/lib/domain/reports/alerts";
import { alertsQuery } from "@/lib/domain/reports/alerts-query";
import { pageAlerts } from "@/lib/services/detections/list-alerts";
import { readAlertsScreen } from "@/lib/services/detections/read-alerts-screen";
import type { Mount } from "../../support/agent-mounts";
import { operatorIn } from "../../support/notifying";
import { provideOwnDatabase } from "../../support/own-database";
import { plansOf, rowsRead, usualPlansOf } from "../../support/query-plans";
import { openReadApi } from "../../support/read-api-mount";
import { makeKey } from "../../support/read-keys";
import { makeCompany, scopeOver, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();

const NOW = Date.UTC(2026, 4, 20, 12);
const MANY = 2_000;
const PAGE = 25;
let own: TestCompany;
let other: TestCompany;
let busy: TestCompany;
let api: Mount;
let key: string;

/** Alerts whose ids, times, numbers and severities are not in the order in which they were found, and repeat if they are few. */
async function storeAlerts({ companyId }: TestCompany, count: number, first = 1): Promise<void> {
  const rules = ["password-guessing", "password-spray", "lockouts-in-a-row"];
  await database().execute(sql`
    insert into alerts (company_id, rule, subject_key, key_event_id, severity, address, first_at, since_at, last_at, count,
      threshold, window_minutes, event_ids, account_ids, computer_ids, account_id, created_at)
    select ${companyId}, (${`{${rules}}`}::text[])[1 + n % 3], 'address:10.0.0.' || n, n,
      (${`{${ALERT_SEVERITIES}}`}::text[])[1 + n * 7 % 4], '10.0.0.' || n % 250, at, at, at + interval '1 minute' * (n % 5),
      1 + n * 11 % 6, 5, 10, '{1}', '{}', '{}', 1 + n % 100,
      ${new Date(NOW).toISOString()}::timestamptz + interval '1 minute' * (n * 7 % ${Math.max(count, 12)})
    from generate_series(${first}::int, ${first + count - 1}::int) n,
      lateral (select ${new Date(NOW).toISOString()}::timestamptz - interval '7 minutes' * (n * 13 % 40) as at) t`);
}

beforeAll(async () => {
  await database().transaction(ensureSettings);
  own = await makeCompany("Ordered");
  other = await makeCompany("Also ordered");
  busy = await makeCompany("Busy");
  // In turns, so that no order by number is one by company.
  for (const [company, first, count] of [
    [own, 1, 8],
    [other, 1, 9],
    [own, 9, 9],
  ] as const)
    await storeAlerts(company, count, first);
  await storeAlerts(busy, MANY);
  await connectionPool()`analyze alerts`;
  key = await makeKey(own, { scopes: ["read"] });
  api = await openReadApi();
});
afterAll(() => api.close());

const both = () => scopeOver([own, other]);
const all = async (sort: AlertSort | `-${AlertSort}`) => {
  const query = alertsQuery.parse({ sort });
  return [...(await pageAlerts(both(), query, null, { after: null, limit: 1_000 })).rows];
};

const VALUES: Readonly<Record<AlertSort, (row: AlertListRow) => number | string>> = {
  createdAt: ({ createdAt }) => createdAt,
  lastAt: ({ lastAt }) => lastAt,
  firstAt: ({ firstAt }) => firstAt,
  severity: ({ severity }) => ALERT_SEVERITIES.findIndex((name) => name === severity),
  rule: ({ rule }) => rule,
  count: ({ count }) => count,
  company: ({ companyName }) => companyName!.toLowerCase(),
};

describe("alerts in an order", () => {
  it.each(ALERT_SORTS)("by %s stand by it both ways, equal ones the last found first", async (by) => {
    const value = VALUES[by];
    const compare = (a: AlertListRow, b: AlertListRow) => {
      const [x, y] = [value(a), value(b)];
      return x === y ? 0 : x < y ? -1 : 1;
    };
    const found = (await all("-createdAt")).toSorted((a, b) => b.id - a.id);
    expect(found).toHaveLength(26);
    const ids = (rows: readonly AlertListRow[]) => rows.map(({ id }) => id);
    expect(ids(await all(by))).toEqual(ids(found.toSorted((a, b) => compare(a, b) || b.id - a.id)));
    expect(ids(await all(`-${by}`))).toEqual(ids(found.toSorted((a, b) => compare(b, a) || b.id - a.id)));
  });

  it.each(ALERT_SORTS.flatMap((by) => [by, `-${by}` as const]))(
    "by %s are the same page by page as at once",
    async (sort) => {
      const paged: AlertListRow[] = [];
      let after: string | null = null;
      do {
        const query = alertsQuery.parse({ sort });
        const page = await pageAlerts(both(), query, null, { after, limit: 4 });
        paged.push(...page.rows);
        after = page.next;
      } while (after !== null);
      expect(paged).toEqual(await all(sort));
    },
  );

  it("begin anew on a screen, and are refused to a program, behind the cursor of another order", async () => {
    const first = await pageAlerts(both(), { sort: "severity" }, null, { after: null, limit: 2 });
    const ask = { after: first.next, limit: 2 };
    await expect(pageAlerts(both(), { sort: "rule" }, null, ask)).rejects.toMatchObject({
      code: "invalid",
      fields: [{ field: "after" }],
    });
    const screen = await readAlertsScreen(operatorIn(own), { sort: "rule" }, null, first.next!);
    expect(screen.alerts[0]).toMatchObject({ rule: "lockouts-in-a-row" });
  });

  it.each([
    ["-id", "-createdAt"],
    ["-createdAt", "-createdAt"],
    ["createdAt", "createdAt"],
  ] as const)(
    "go on behind a cursor that stands for a place by id, as earlier releases gave it: %s",
    async (sorted, sort) => {
      const found = await all(sort);
      for (const place of [0, 7, 25]) {
        const { companyId, id } = found[place]!;
        const ask = { after: encodeSortCursor(sorted, { key: id, companyId, id }), limit: 1_000 };
        expect([...(await pageAlerts(both(), { sort }, null, ask)).rows]).toEqual(found.slice(place + 1));
        await expect(pageAlerts(busy.scope, { sort }, null, ask)).rejects.toMatchObject({ code: "invalid" });
      }
    },
  );

  it("go on behind such a cursor where its alert is gone", async () => {
    const company = await makeCompany("Retained");
    await storeAlerts(company, 5);
    const { companyId } = company;
    await database().execute(sql`
      update alerts set created_at = ${new Date(NOW).toISOString()}::timestamptz + interval '1 minute' * key_event_id
      where company_id = ${companyId}`);
    const keys = async (sort: "createdAt" | "-createdAt", after: string | null) => {
      const { rows } = await pageAlerts(company.scope, { sort }, null, { after, limit: 10 });
      return rows.map(({ id }) => id);
    };
    const ids = await keys("createdAt", null);
    const after = (sort: string, id: number) => encodeSortCursor(sort, { key: id, companyId, id });
    for (const gone of [2, 0]) {
      const id = ids[gone]!;
      await database().execute(sql`delete from alerts where company_id = ${companyId} and id = ${id}`);
      const left = await keys("createdAt", null);
      const [earlier, later] = [left.filter((one) => one < id), left.filter((one) => one > id)];
      expect(await keys("-createdAt", after("-id", id))).toEqual(earlier.toReversed());
      expect(await keys("createdAt", after("createdAt", id))).toEqual(later);
    }
  });

  it("are refused behind a cursor of a release that had one order alone, in another order", async () => {
    const [{ companyId, id }] = (await all("-createdAt")) as [AlertListRow];
    const ask = { after: encodeSortCursor("-id", { key: id, companyId, id }), limit: 1_000 };
    for (const sort of ["createdAt", "-lastAt"] as const) {
      await expect(pageAlerts(both(), { sort }, null, ask)).rejects.toMatchObject({ code: "invalid" });
    }
  });

  it.each(["lastAt", "createdAt", "severity"] as const)(
    "end behind a cursor that somebody made up: %s",
    async (sort) => {
      for (const made of [Number.MAX_VALUE, -1e300, 0.5 - 1e9, "words", "-infinity"]) {
        const after = encodeSortCursor(sort, { key: made, companyId: own.companyId, id: 1 });
        const page = await pageAlerts(own.scope, { sort }, null, { after, limit: 5 });
        expect(page).toEqual({ rows: [], next: null });
      }
    },
  );
});

describe("the read API", () => {
  const ask = async (query: string) => {
    const answer = await fetch(`${api.url}/api/v1/alerts?${query}`, { headers: { "X-API-Key": key } });
    return { status: answer.status, body: await answer.text() };
  };

  it("gives alerts and files in the order asked for, the last found first by default", async () => {
    const of = async (query: string) => {
      const { rows } = JSON.parse((await ask(`${query}&columns=createdAt,severity`)).body) as {
        rows: { createdAt: string; severity: string }[];
      };
      return rows;
    };
    const times = (await of("")).map(({ createdAt }) => createdAt);
    expect(new Set(times).size).toBeGreaterThan(5);
    expect(times).toEqual(times.toSorted().toReversed());
    const grave = (await of("sort=-severity")).map(({ severity }) =>
      ALERT_SEVERITIES.indexOf(severity as never),
    );
    expect(new Set(grave).size).toBe(4);
    expect(grave).toEqual(grave.toSorted((a, b) => b - a));
    const file = (await ask("sort=severity&columns=severity&format=csv")).body.trim().split(/\r?\n/).slice(1);
    expect([file.length, file[0], file.at(-1)]).toEqual([17, "Low", "Critical"]);
  });

  it("refuses an order that the list doesn't have", async () => {
    const { status, body } = await ask("sort=sentence");
    expect(status).toBe(400);
    expect(body).toContain("sort");
  });
});

describe("of one company", () => {
  it.each([
    ["createdAt", true, 5 * PAGE],
    ["createdAt", false, 5 * PAGE],
    ["lastAt", true, 5 * PAGE],
    ["lastAt", false, 5 * PAGE],
    ["rule", true, MANY / 2],
    ["rule", false, MANY / 2],
  ] as const)(
    "a page by %s (descending: %s) comes from an index, also far behind",
    async (by, isDescending, most) => {
      const { companyId, scope } = busy;
      const middle = await readWithin(scope, (tx) =>
        listAlerts(tx, scope, {}, { by, isDescending, after: null }, MANY / 2),
      );
      const { row, sortKey } = middle.at(-1)!;
      for (const after of [null, { key: sortKey, companyId, id: row.id }]) {
        const order: AlertOrder = { by, isDescending, after };
        const found = { rows: 0 };
        const plans = await readWithin(scope, (tx) =>
          plansOf(tx, async (explained) => {
            found.rows = (await listAlerts(explained, scope, {}, order, PAGE)).length;
          }),
        );
        expect(found.rows).toBe(PAGE);
        expect(rowsRead(plans, "alerts")).toBeGreaterThanOrEqual(PAGE);
        // Equal rows are read together, and a third of all are of one rule.
        expect(rowsRead(plans, "alerts")).toBeLessThan(most);
      }
    },
  );

  it("a page in an order without an index reads nothing of other companies", async () => {
    for (const by of ["severity", "count"] as const) {
      const plans = await readWithin(own.scope, (tx) =>
        plansOf(
          tx,
          (explained) => listAlerts(explained, own.scope, {}, { by, isDescending: true, after: null }, PAGE),
          true,
        ),
      );
      expect(rowsRead(plans, "alerts")).toBe(17);
    }
  });

  it.each([
    ["open are the first that were found", (n: number) => n < 30],
    ["open are all", () => true],
  ] as const)(
    "open ones come from an index for the dashboard and for the page of an account, where %s",
    async (_, isOpen) => {
      const company = await makeCompany("Handled");
      await storeAlerts(company, MANY);
      const { companyId, scope } = company;
      const found = await readWithin(scope, (tx) =>
        listAlerts(tx, scope, {}, { by: "createdAt", isDescending: false, after: null }, MANY),
      );
      const closed = found.flatMap(({ row }, n) => (isOpen(n) ? [] : [row.id]));
      await database().execute(sql`
        update alerts set state = 'closed-true'
        where company_id = ${companyId} and id = any(${pgArray(closed)}::int[])`);
      await connectionPool()`analyze alerts`;
      const account = found[7]!.row.accountId!;
      for (const about of [{ severity: "critical" }, { account }, {}]) {
        const match = { ...about, state: "open" };
        const shown = { ids: [] as number[] };
        const plans = await readWithin(scope, (tx) =>
          usualPlansOf(tx, async (explained) => {
            const rows = await listAlerts(explained, scope, match, LAST_FOUND_FIRST, 5);
            shown.ids = rows.map(({ row }) => row.id);
          }),
        );
        expect(shown.ids.length).toBeGreaterThan(0);
        expect(rowsRead(plans, "alerts")).toBeLessThan(MANY / 10);
      }
    },
  );
});
