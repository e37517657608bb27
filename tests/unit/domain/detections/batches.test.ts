import { expect, it } from "vitest";
import type { AlertDraft } from "@/lib/domain/detections/alert-draft";
import { askRules, directKeys, furtherKeys, learnFrom } from "@/lib/domain/detections/engine";
import type { Asked, Memories } from "@/lib/domain/detections/memories";
import type { SeenEvent } from "@/lib/domain/detections/rule";
import { isOfEvents, RULES, settingsOf } from "@/lib/domain/detections/rules";
import type { EventKind } from "@/lib/domain/events/kinds";
import { USUAL_HOURS } from "@/lib/domain/detections/company-calendar";
import type { BatchContext } from "@/lib/domain/detections/event-rule";
import { CONTEXT } from "../../../support/seen-events";
import { series } from "../../../support/series";

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const START = Date.parse("2026-01-05T00:00:00Z");
const COUNTRY: Readonly<Record<string, string>> = { "1.0.0.1": "DE", "2.0.0.1": "BR", "3.0.0.1": "VN" };
/** A company that has told everything that rules ask for. */
const context: BatchContext = {
  ...CONTEXT,
  calendar: {
    company: { zone: CONTEXT.zone, hours: USUAL_HOURS, graceMinutes: 30, holidays: [] },
    sites: new Map(),
    exemptions: [{ accountId: 2, endsAt: null }],
  },
  tagged: {
    serviceAccounts: new Set([5]),
    administrators: new Set([6]),
    administratorsComputers: new Set([6]),
  },
  countryOf: (address) => COUNTRY[address] ?? null,
};
const asked: Asked = { settings: settingsOf([]), exceptions: [], context };
const KINDS: EventKind[] = [
  "logon",
  "logon",
  "logon",
  "unlock",
  "unlock",
  "logoff",
  "logoff",
  "lock",
  "remote_connect",
  "logon_failed",
  "logon_failed",
  "lockout",
  "shutdown",
  "startup",
];

/** Months of a few accounts on a few computers, busy by day, with bursts, late events, odd hours and long absences. */
function months(seed: number, count: number): SeenEvent[] {
  const random = series(seed);
  const pick = <Value>(values: readonly Value[]) => values[Math.floor(random() * values.length)]!;
  const bursts = (day: number) => (day % 10 === 5 ? 0.6 : 0.05);
  return Array.from({ length: count }, (_, place) => {
    const day = Math.floor((place / count) * 150);
    const at = START + day * DAY + (random() < 0.03 ? random() * 24 : 8 + random() * 9) * 60 * MINUTE;
    const event: SeenEvent = {
      id: place + 1,
      at,
      receivedAt: at + (random() < 0.1 ? random() * 3 * DAY : 1_000),
      kind: pick(KINDS),
      accountId: 1 + Math.floor(random() * 7),
      computerId: 1 + Math.floor(random() * 30),
      // One site is left alone for weeks.
      siteId: random() < 0.002 ? 2 : 1,
      address: null,
      // Everybody is abroad now and then.
      publicAddress: pick(day % 50 === 49 ? ["2.0.0.1", "3.0.0.1"] : ["1.0.0.1", "10.0.0.1", null]),
      logonType: 2,
      codes: [],
    };
    if (random() < bursts(day))
      return failed({ ...event, at: START + day * DAY + (600 + random() * 10) * MINUTE });
    if (event.kind === "logon_failed") return failed(event);
    // One goes round the computers on some days, and one is away for months; most stay where they are.
    if (day % 40 === 39 && random() < 0.5) return { ...event, accountId: 7, kind: "logon" };
    if ((day < 10 || day > 90) && random() < 0.1) return { ...event, accountId: 8 };
    return random() < 0.95 ? { ...event, computerId: event.accountId } : event;
  });

  function failed(event: SeenEvent): SeenEvent {
    const accountId = random() < 0.6 ? 1 : event.accountId;
    const codes = [pick(["c000006a", "c000006a", "c0000064", "c0000072"])];
    return {
      ...event,
      kind: "logon_failed",
      accountId,
      logonType: 3,
      address: pick(["10.0.0.1", "10.0.0.2", null]),
      codes,
    };
  }
}

/** Alerts as stored in the end: what was found, less what turned out to be part of another. */
class Found {
  readonly alerts = new Map<string, AlertDraft>();
  take({ alerts, absorbed }: ReturnType<typeof askRules>): void {
    for (const name of absorbed) this.alerts.delete(name);
    for (const [name, alert] of alerts) this.alerts.set(name, alert);
  }
}

/** As the follower does it: memories come out of a store of JSON, those that the batch leads to, and changed ones go back. */
function inBatches(events: readonly SeenEvent[], sizeOf: () => number, store: Map<string, string>): Found {
  const found = new Found();
  const load = (memories: Memories, keys: ReadonlySet<string>) => {
    for (const key of keys) {
      const text = memories.has(key) ? undefined : store.get(key);
      if (text !== undefined) memories.set(key, JSON.parse(text));
    }
  };
  for (let start = 0; start < events.length;) {
    const batch = events.slice(start, start + sizeOf());
    start += batch.length;
    const memories: Memories = new Map();
    load(memories, directKeys(batch, asked));
    load(memories, furtherKeys(memories));
    const outcome = askRules(batch, memories, asked);
    found.take(outcome);
    for (const key of outcome.changed) store.set(key, JSON.stringify(memories.get(key)));
  }
  return found;
}

it.each([1, 2, 3, 4])("finds the same in batches of any size as in one pass (seed %i)", (seed) => {
  const events = months(seed, 6_000);
  const random = series(seed);
  const once = new Found();
  const memories: Memories = new Map();
  once.take(askRules(events, memories, asked));
  const store = new Map<string, string>();
  const cut = inBatches(events, () => 1 + Math.floor(random() ** 3 * 300), store);
  expect([...cut.alerts].toSorted()).toEqual([...once.alerts].toSorted());
  expect(Object.fromEntries([...store].map(([key, text]) => [key, JSON.parse(text)]))).toEqual(
    JSON.parse(JSON.stringify(Object.fromEntries(memories))),
  );
});

it("asks every rule in these months", () => {
  const found = [1, 2, 3, 4].flatMap((seed) => [
    ...askRules(months(seed, 6_000), new Map(), asked).alerts.values(),
  ]);
  expect([...new Set(found.map(({ rule }) => rule))].toSorted()).toEqual(
    RULES.filter(isOfEvents)
      .map(({ name }) => name)
      .toSorted(),
  );
});

it("learns from what was stored before what it would have learned by asking", () => {
  const events = months(5, 6_000);
  const live: Memories = new Map();
  const relearned: Memories = new Map();
  askRules(events, live, asked);
  learnFrom(events, relearned, asked);
  const habits = (memories: Memories) =>
    Object.fromEntries([...memories].filter(([key]) => key.startsWith("habits ")));
  expect(habits(relearned)).toEqual(habits(live));
});

it("remembers a bounded amount, whatever anybody sends", () => {
  const events = Array.from({ length: 20_000 }, (_, place): SeenEvent => {
    const at = START + place * MINUTE;
    return {
      ...months(1, 1)[0]!,
      id: place + 1,
      at,
      receivedAt: at,
      kind: place % 3 === 2 ? "logoff" : "logon",
      accountId: place % 2 === 0 ? 1 : place,
      computerId: place % 2 === 0 ? place : 1,
      codes: [],
      address: null,
      logonType: 2,
    };
  });
  const memories: Memories = new Map();
  askRules(events, memories, asked);
  for (const key of ["habits account:1", "habits computer:1", "found account:1"]) {
    expect(JSON.stringify(memories.get(key) ?? null).length).toBeLessThan(20_000);
  }
});
