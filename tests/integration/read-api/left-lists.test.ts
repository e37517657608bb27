import { afterAll, beforeAll, expect, it } from "vitest";
import { connect, connectionPool, database, type RawSql } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import type { CompanyScope } from "@/db/scope";
import { accountsQuery } from "@/lib/domain/reports/accounts";
import { computersQuery } from "@/lib/domain/reports/computers";
import { resolveReportRange } from "@/lib/domain/reports/report-range";
import { ianaZone } from "@/lib/domain/zones";
import { withRequestId } from "@/lib/request-context";
import type { CompanyView } from "@/lib/server/guards";
import { readListInQueue } from "@/lib/server/report-page";
import { readEventsScreen } from "@/lib/services/events/read-events-screen";
import { readAccountsScreen } from "@/lib/services/fleet/read-accounts-screen";
import { readComputersScreen } from "@/lib/services/fleet/read-computers-screen";
import { provideOwnDatabase } from "../../support/own-database";
import { makeCompany, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();

const UTC = ianaZone("UTC");

let company: TestCompany;
let holder: RawSql;
beforeAll(async () => {
  await database().transaction(ensureSettings);
  company = await makeCompany("Left");
  holder = connect(process.env.DATABASE_URL!, { max: 1 });
});
afterAll(() => holder?.end());

const now = Date.now();
const shared = { zone: UTC, now, range: resolveReportRange({ range: "30d" }, now, UTC)!, actor: null };
type Signal = AbortSignal | undefined;

const SCREENS: Record<string, (scope: CompanyScope, signal: Signal) => Promise<object>> = {
  events: (scope, signal) => readEventsScreen(scope, {}, UTC, now, signal),
  accounts: (scope, signal) =>
    readAccountsScreen(scope, { query: accountsQuery.parse({}), ...shared, signal }, ""),
  computers: (scope, signal) =>
    readComputersScreen(scope, { query: computersQuery.parse({}), ...shared, signal }, ""),
};

/** Statements that wait for a table. */
async function waiting(): Promise<number> {
  const rows = await connectionPool()`
    select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  return rows.length;
}

it.each(Object.entries(SCREENS))(
  "a page of %s that its reader has left keeps no place",
  async (table, read) => {
    const view = { session: { userId: 1 }, scope: company.scope } as unknown as CompanyView;
    const open = (gone: AbortSignal) =>
      withRequestId("left-lists", () => readListInQueue(view, (signal) => read(company.scope, signal)), {
        gone,
      });
    await holder.begin(async (tx) => {
      await tx.unsafe(`lock table ${table} in access exclusive mode`);
      for (let visit = 0; visit < 4; visit += 1) {
        const leave = new AbortController();
        const ended = open(leave.signal).catch((error: unknown) => error);
        await expect.poll(waiting).toBeGreaterThan(0);
        leave.abort(new Error("The reader has left."));
        expect(await ended).toMatchObject({ message: "The reader has left." });
        await expect.poll(waiting).toBe(0);
      }
    });
    expect(await open(new AbortController().signal)).not.toHaveProperty("refusal");
  },
);
