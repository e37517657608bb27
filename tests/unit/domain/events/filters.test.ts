import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RANGE_PRESETS } from "@/lib/domain/events/event-range";
import {
  cleanSearch,
  DEFAULT_REQUEST,
  EVENT_SORTS,
  formatEventsRequest,
  PAGE_SIZES,
  parseEventsRequest,
  type EventsRequest,
  type RawParams,
} from "@/lib/domain/events/filters";
import { EVENT_KINDS } from "@/lib/domain/events/kinds";

/** As Next hands an address to a page: one text, or several of a repeated name. */
function paramsOf(query: string): RawParams {
  const search = new URLSearchParams(query);
  return Object.fromEntries(
    [...new Set(search.keys())].map((name) => {
      const values = search.getAll(name);
      return [name, values.length > 1 ? values : values[0]];
    }),
  );
}

const minute = fc
  .integer({ min: Date.UTC(2000, 0, 1) / 60_000, max: Date.UTC(2099, 0, 1) / 60_000 })
  .map((n) => n * 60_000);
const id = fc.integer({ min: 1, max: 2_147_483_647 });
const range = fc.oneof(
  fc.constantFrom(...RANGE_PRESETS).map((preset) => ({ preset })),
  fc
    .tuple(minute, fc.option(fc.integer({ min: 1, max: 1_000_000 })))
    .map(([from, length]) => ({ from, to: length === null ? null : from + length * 60_000 })),
);
const text = fc.string({ unit: "grapheme", maxLength: 40 }).map(cleanSearch);
const request: fc.Arbitrary<EventsRequest> = fc.record({
  only: fc.option(id),
  filters: fc.record({
    range,
    kinds: fc.uniqueArray(fc.constantFrom(...EVENT_KINDS)),
    siteIds: fc.uniqueArray(id, { maxLength: 8 }),
    accountId: fc.option(id),
    computerId: fc.option(id),
    search: text,
    address: text,
    reason: text,
  }),
  order: fc.record({ by: fc.constantFrom(...EVENT_SORTS), isDescending: fc.boolean() }),
  pageSize: fc.constantFrom(...PAGE_SIZES),
  page: fc.option(
    fc.oneof(
      fc.string({ minLength: 1 }).map((after) => ({ after })),
      fc.string({ minLength: 1 }).map((before) => ({ before })),
    ),
  ),
  isLive: fc.boolean(),
});

describe("an address", () => {
  test("gives back every request that was written into it", () => {
    fc.assert(
      fc.property(request, (asked) => {
        const parsed = parseEventsRequest(paramsOf(formatEventsRequest(asked)));
        expect(parsed).toEqual({ request: asked, ignored: [] });
      }),
    );
  });

  test("without parameters is the plain screen, and the plain screen has none", () => {
    expect(parseEventsRequest({})).toEqual({ request: DEFAULT_REQUEST, ignored: [] });
    expect(formatEventsRequest(DEFAULT_REQUEST)).toBe("");
  });

  test("is readable", () => {
    const from = Date.UTC(2026, 0, 5, 10);
    const asked: EventsRequest = {
      ...DEFAULT_REQUEST,
      only: 7,
      filters: {
        ...DEFAULT_REQUEST.filters,
        range: { from, to: from + 60_000 },
        kinds: ["lock", "logon_failed"],
        siteIds: [3, 4],
        search: "ann & co",
      },
      order: { by: "account", isDescending: true },
    };
    expect(formatEventsRequest(asked)).toBe(
      "from=2026-01-05T10:00Z&to=2026-01-05T10:01Z&kind=lock,logon_failed&site=3,4&only=7&q=ann%20%26%20co&sort=-account",
    );
  });

  test("with a reason in words that are no longer in use has the reason's name", () => {
    const reasonIn = (words: string) => parseEventsRequest({ reason: words }).request.filters.reason;
    expect(reasonIn("The password was wrong")).toBe("c000006a");
    expect(reasonIn("No reason was given")).toBe("none");
    expect(reasonIn("Incorrect password")).toBe("Incorrect password");
    expect(reasonIn("constructor")).toBe("constructor");
  });

  test("whatever it holds, is read without an error and told where it makes no sense", () => {
    const names = [
      "range",
      "from",
      "to",
      "kind",
      "site",
      "account",
      "computer",
      "q",
      "sort",
      "size",
      "live",
      "only",
      "after",
      "before",
      "__proto__",
      "constructor",
    ];
    const value = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.string({ unit: "binary", maxLength: 60 }),
      fc.array(fc.string({ maxLength: 20 }), { maxLength: 4 }),
      fc.constant(undefined),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 6 }), (params) => {
        const { request: read, ignored } = parseEventsRequest(params);
        expect(parseEventsRequest(paramsOf(formatEventsRequest(read))).request).toEqual(read);
        for (const text of ignored) expect(text.length).toBeLessThan(80);
      }),
    );
  });
});

describe("what makes no sense is left out and told", () => {
  test.each<[RawParams, string[]]>([
    [{ kind: "logon,nonsense" }, ["kind=nonsense"]],
    [{ kind: "LOGON" }, ["kind=LOGON"]],
    [{ site: "0,-1,2147483648,1.5,7" }, ["site=0", "site=-1", "site=2147483648", "site=1.5"]],
    [{ account: "1 or 1=1" }, ["account=1 or 1=1"]],
    [{ range: "forever" }, ["range=forever"]],
    [{ from: "2026-02-30T00:00Z" }, ["from=2026-02-30T00:00Z"]],
    [
      { from: "2026-01-05T10:00Z", to: "2026-01-05T10:00Z" },
      ["to=2026-01-05T10:00Z", "from=2026-01-05T10:00Z"],
    ],
    [{ to: "2026-01-05T10:00Z" }, ["to=2026-01-05T10:00Z"]],
    [{ sort: "events; drop table events" }, ["sort=events; drop table events"]],
    [{ size: "99999" }, ["size=99999"]],
    [{ live: "maybe" }, ["live=maybe"]],
  ])("%j", (params, ignored) => {
    expect(parseEventsRequest(params).ignored).toEqual(ignored);
  });

  test("but the rest of the address counts", () => {
    const { request: read } = parseEventsRequest({
      kind: "lock,nonsense",
      site: ["4", "x,5"],
      sort: "-computer",
      size: "x",
    });
    expect(read.filters).toMatchObject({ kinds: ["lock"], siteIds: [4, 5] });
    expect(read).toMatchObject({ order: { by: "computer", isDescending: true }, pageSize: 100 });
  });
});

test("a search keeps what a name can hold and is no longer than one", () => {
  expect(cleanSearch("  ann\u0000a\n\ud800 ")).toBe("anna");
  expect(cleanSearch("x".repeat(300))).toHaveLength(255);
});
