import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDatabase, database } from "@/db/client";
import { listPresent } from "@/db/queries/dashboard/today";
import { refreshPresence } from "@/db/queries/events/refresh-derived";
import { countAccounts } from "@/db/queries/fleet/list-accounts";
import { ensureSettings } from "@/db/queries/global/first-start";
import { readWithin, writeWithin } from "@/db/scope";
import { whoWasOn } from "@/lib/domain/presence/who-was-on";
import { rollCallQuery } from "@/lib/domain/reports/roll-call";
import { whoWasOnQuery } from "@/lib/domain/reports/who-was-on";
import type { TimeSpentEvent } from "@/lib/domain/time-spent/compute-stretches";
import { ianaZone } from "@/lib/domain/zones";
import { purgeEventsBefore } from "@/lib/services/companies/purge-company";
import { operatorContext } from "@/lib/services/context";
import { readRollCall } from "@/lib/services/reports/roll-call";
import { readWhoWasOn } from "@/lib/services/reports/who-was-on";
import { deleteCompanyHistory } from "@/lib/services/retention/delete-company-history";
import { readSettings } from "@/lib/services/settings/read-settings";
import { runs } from "../../support/citus";
import { makeCompany, storeEvents, type SentEvent, type TestCompany } from "../../support/stored-events";
import { computeStretches } from "../../support/compute-stretches";

beforeAll(() => database().transaction(ensureSettings));
afterAll(() => closeDatabase());

const START = Date.UTC(2026, 1, 3, 8);
const HOUR = 3_600_000;
const TYPES = ["Logon", "Unlock", "Lock", "Logoff", "Sleep", "Shutdown", "Startup", "Wake", "4625", "4779"];

/** Three days in whole hours, so that many events fall on the same instant; batches in any order, some sent twice. */
const anyArrival = fc
  .array(
    fc.record({
      type: fc.oneof(fc.constantFrom("Logon", "Lock", "Unlock"), fc.constantFrom(...TYPES)),
      user: fc.constantFrom("anna", "anna", "bert"),
      computer: fc.constantFrom("PC-1", "PC-1", "PC-2"),
      at: fc.nat(72).map((hour) => START + hour * HOUR),
      batch: fc.nat(4),
      isTwice: fc.boolean(),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map((sent) => {
    const events = sent.map(({ batch, isTwice, ...event }, number) => ({
      batch,
      isTwice,
      event: { ...event, fields: { EventId: `event ${number}` } } satisfies SentEvent,
    }));
    const batches = [0, 1, 2, 3, 4].map((batch) => events.filter((event) => event.batch === batch));
    return [...batches, events.filter(({ isTwice }) => isTwice)]
      .filter((batch) => batch.length > 0)
      .map((batch) => batch.map(({ event }): SentEvent => event));
  });

async function storedEvents({ companyId }: TestCompany): Promise<TimeSpentEvent[]> {
  const rows = await database().execute<Record<string, string>>(sql`
    select id, account_id, computer_id, kind, extract(epoch from occurred_at) * 1000 as ms
    from events where company_id = ${companyId}`);
  return rows.map((row) => ({
    accountId: Number(row.account_id),
    computerId: Number(row.computer_id),
    kindCode: Number(row.kind),
    at: Number(row.ms),
    order: Number(row.id),
  }));
}

async function arrive(batches: readonly SentEvent[][]): Promise<TestCompany> {
  const company = await makeCompany("Presence rule");
  for (const batch of batches) await storeEvents(company, batch);
  return company;
}

async function signedIn(company: TestCompany, now: number, longestSessionHours: number): Promise<string[]> {
  const moment = { now, longestSessionHours };
  const rows = await readWithin(company.scope, (tx) => listPresent(tx, company.scope, moment, 100));
  const counted = await readWithin(company.scope, (tx) =>
    Promise.all(
      (["present", "active"] as const).map((presence) =>
        countAccounts(tx, company.scope, { moment, presence }),
      ),
    ),
  );
  const accounts = (some: typeof rows | (typeof rows)[number][]) =>
    new Set(some.map((row) => row.account_id)).size;
  expect(counted).toEqual([accounts(rows), accounts(rows.filter((row) => row.is_active))]);
  return rows
    .map(
      (row) =>
        `${row.account_id} ${row.computer_id} ${row.is_active ? "active" : "locked"} ${Number(row.since_ms)}`,
    )
    .toSorted();
}

/** What the engine says of now; a session whose end will never be known is active while it may last. */
function expected(events: readonly TimeSpentEvent[], now: number, maxSessionHours: number): string[] {
  return whoWasOn(
    events.filter(({ at }) => at <= now),
    { at: now, now, maxSessionHours },
  )
    .map(({ accountId, computerId, kind, from }) => `${accountId} ${computerId} ${kind} ${from}`)
    .toSorted();
}

const anyNow = fc.nat(90).map((hour) => START + hour * HOUR);

test("whatever arrives in whatever order, who is signed in now is whom the time engine holds to be on now", async () => {
  await fc.assert(
    fc.asyncProperty(
      anyArrival,
      fc.array(anyNow, { minLength: 1, maxLength: 3 }),
      async (batches, moments) => {
        const company = await arrive(batches);
        const events = await storedEvents(company);
        for (const now of [...moments, START + 73 * HOUR]) {
          for (const longest of [2, 16, 40])
            expect(await signedIn(company, now, longest)).toEqual(expected(events, now, longest));
        }
        await database().execute(sql`delete from presence where company_id = ${company.companyId}`);
        await writeWithin(company.scope, (tx) => refreshPresence(tx, company.scope));
        const now = START + 73 * HOUR;
        expect(await signedIn(company, now, 16)).toEqual(expected(events, now, 16));
      },
    ),
    { numRuns: runs(40) },
  );
});

type Deletion = (company: TestCompany, before: Date) => Promise<unknown>;

const retain: Deletion = ({ scope }, before) =>
  deleteCompanyHistory(scope, before, new AbortController().signal);
const purge: Deletion = ({ scope }, before) =>
  purgeEventsBefore({ ...operatorContext("command line"), scope }, before);

async function called(company: TestCompany, now: number): Promise<string[]> {
  const rows = await readRollCall(company.scope, {
    query: rollCallQuery.parse({}),
    now,
    zone: ianaZone("UTC"),
    range: { from: now, to: now },
  });
  return rows
    .map(({ accountId, computerId, state, since }) => `${accountId} ${computerId} ${state} ${since}`)
    .toSorted();
}

/** Of a computer that stays signed in for longer than events are kept, and is locked now and then. */
const kiosk = (type: string, hour: number): SentEvent => ({
  type,
  user: "kiosk",
  computer: "PC-1",
  at: START + hour * HOUR,
});
const lockedSince = [START + 10 * HOUR, START + 51 * HOUR] as const;

test.each([
  ["retention", retain],
  ["a purge", purge],
])(
  "after %s, who is signed in now is whom the roll call names, by the events that are left",
  async (_, remove) => {
    const { longestSessionHours } = await readSettings();
    await fc.assert(
      fc.asyncProperty(anyArrival, anyArrival, anyNow, anyNow, async (first, later, cut, moment) => {
        const company = await arrive(first);
        await remove(company, new Date(cut));
        const compare = async (now: number) => {
          const events = await storedEvents(company);
          for (const longest of [2, 16, 40])
            expect(await signedIn(company, now, longest)).toEqual(expected(events, now, longest));
          expect(await called(company, now)).toEqual(await signedIn(company, now, longestSessionHours));
        };
        for (const now of [moment, START + 91 * HOUR]) await compare(now);
        // Some arrive from before what was deleted.
        for (const batch of later) await storeEvents(company, batch);
        for (const now of [moment, START + 91 * HOUR]) await compare(now);
        await remove(company, new Date(cut));
        await compare(moment);
      }),
      { numRuns: runs(12), examples: [[[[kiosk("Logon", 0), kiosk("Lock", 50)]], [], ...lockedSince]] },
    );
  },
);

test("who was on at any instant is who has a stretch of Time Spent around it, or a pause that still lasts", async () => {
  const { longestSessionHours } = await readSettings();
  await fc.assert(
    fc.asyncProperty(
      anyArrival,
      fc.array(anyNow, { minLength: 3, maxLength: 6 }),
      async (batches, moments) => {
        const company = await arrive(batches);
        const events = await storedEvents(company);
        const now = START + 100 * HOUR;
        const spent = computeStretches(events, {
          from: 0,
          to: now,
          now,
          maxSessionHours: longestSessionHours,
        });
        for (const at of moments) {
          const around = spent.filter((stretch) => stretch.from <= at && at < stretch.to);
          const all = whoWasOn(events, { at, now, maxSessionHours: longestSessionHours });
          const tell = (stretches: typeof all) =>
            stretches
              .map(
                (stretch) =>
                  `${stretch.accountId} ${stretch.computerId} ${stretch.kind} ${stretch.from} ${stretch.openedBy} ${stretch.closedBy}`,
              )
              .toSorted();
          const isOpenPause = ({ kind, closedBy }: (typeof all)[number]) =>
            kind === "locked" && closedBy === null;
          expect(tell(all.filter((stretch) => !isOpenPause(stretch)))).toEqual(tell(around));
          const rows = [];
          for (const computerId of new Set(events.map((event) => event.computerId))) {
            const query = whoWasOnQuery.parse({
              computer: String(computerId),
              at: new Date(at).toISOString(),
            });
            rows.push(
              ...(await readWhoWasOn(company.scope, {
                query,
                now,
                zone: ianaZone("UTC"),
                range: { from: 0, to: 0 },
              })),
            );
          }
          const told = rows.map(
            (row) =>
              `${row.accountId} ${row.computerId} ${row.state} ${row.since} ${row.opened.id} ${row.closed?.id ?? null}`,
          );
          expect(told.toSorted()).toEqual(tell(all));
        }
      },
    ),
    { numRuns: 30 },
  );
});
