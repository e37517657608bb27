import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeDatabase } from "@/db/client";
import { USUAL_EFFORT } from "@/db/queries/events/effort";
import { EVENT_SORTS, NO_FILTERS, type EventFilters, type PageSize } from "@/lib/domain/events/filters";
import { EVENT_KINDS } from "@/lib/domain/events/kinds";
import { countMatchingEvents } from "@/lib/services/events/count-matching-events";
import { runs } from "../../support/citus";
import {
  LITTLE,
  madeEvents,
  naive,
  NEWEST_FIRST,
  NOW,
  readAll,
  readEverything,
  request,
  START,
  UTC,
  type Known,
} from "../../support/naive-events";
import { makeCompany, scopeOver, storeEvents, type TestCompany } from "../../support/stored-events";

let first: TestCompany;
let second: TestCompany;
let known: Known[];

beforeAll(async () => {
  // The older company has the newer events, so that neither id stands for the other in an order.
  second = await makeCompany("Second", 3);
  first = await makeCompany("First", 3);
  await storeEvents(first, madeEvents(420, 1));
  await storeEvents(second, madeEvents(150, 2));
  known = await readEverything([first.companyId, second.companyId]);
});

afterAll(() => closeDatabase());

const SIZES = [9, 50, 1000] as PageSize[];

/** Any one to three conditions, or none, over all the time or a stretch of it cut anywhere. */
function anyRequest() {
  const ids = (pick: (event: Known) => number) => fc.nat().map((n) => pick(known[n % known.length]!));
  const conditions = fc.record({
    kinds: fc.uniqueArray(fc.constantFrom(...EVENT_KINDS), { minLength: 1, maxLength: 3 }),
    siteIds: fc.uniqueArray(
      ids((event) => event.siteId),
      { minLength: 1, maxLength: 2 },
    ),
    accountId: ids((event) => event.accountId),
    computerId: ids((event) => event.computerId),
    search: fc.constantFrom("a", "ANNA", "anna", "pc-0", "_", "%", "\\", "ÇELIK", "nobody", "' or 1=1 --"),
  });
  const used = fc.subarray(["kinds", "siteIds", "accountId", "computerId", "search"] as const, {
    maxLength: 3,
  });
  const second = fc.nat(7000).map((n) => START + n * 1000);
  const range = fc.oneof(
    fc.constant({ from: START, to: null }),
    fc.tuple(second, second).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) })),
  );
  return fc
    .record({
      conditions,
      used,
      range,
      order: fc.record({ by: fc.constantFrom("time", ...EVENT_SORTS), isDescending: fc.boolean() }),
      pageSize: fc.constantFrom(...SIZES),
      isAll: fc.boolean(),
    })
    .map(({ conditions: all, used: names, range: chosen, ...rest }) => ({
      ...rest,
      filters: {
        ...NO_FILTERS,
        ...Object.fromEntries(names.map((name) => [name, all[name]])),
        range: chosen,
      } as EventFilters,
    }));
}

describe("the list against the plainest reading of the filters", () => {
  test.each([
    ["little", LITTLE],
    ["usual", USUAL_EFFORT],
  ] as const)(
    "every page of every filter and order holds exactly the matching events in order, with %s effort",
    async (_, effort) => {
      await fc.assert(
        fc.asyncProperty(anyRequest(), async ({ filters, order, pageSize, isAll }) => {
          const scope = isAll ? scopeOver([first, second]) : first.scope;
          const asked = request(filters, { order, pageSize });
          expect(await readAll(scope, asked, effort)).toEqual(naive(known, scope, asked.filters, order));
        }),
        { numRuns: runs(100), seed: 20_260_301 },
      );
    },
    300_000,
  );

  test.each([
    ["little", LITTLE],
    ["usual", USUAL_EFFORT],
  ] as const)("counts are those of the list, with %s effort", async (_, effort) => {
    await fc.assert(
      fc.asyncProperty(anyRequest(), async ({ filters, isAll }) => {
        const scope = isAll ? scopeOver([first, second]) : first.scope;
        const count = await countMatchingEvents(scope, filters, UTC, NOW, { effort });
        expect(count).toEqual({ total: naive(known, scope, filters, NEWEST_FIRST).length, isCapped: false });
      }),
      { numRuns: runs(200), seed: 7 },
    );
  });
});
