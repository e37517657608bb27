import type { BatchContext } from "@/lib/domain/detections/event-rule";
import { ianaZone } from "@/lib/domain/zones";
import type { AlertDraft } from "@/lib/domain/detections/alert-draft";
import type { AlertFacts, SeenEvent } from "@/lib/domain/detections/rule";

/** What rules know besides events, of a company in UTC that learns habits. */
export const CONTEXT: BatchContext = {
  zone: ianaZone("UTC"),
  learnsHabits: true,
  calendar: { company: null, sites: new Map(), exemptions: [] },
  tagged: { serviceAccounts: new Set(), administrators: new Set(), administratorsComputers: new Set() },
  countryOf: () => null,
};

export const MINUTE = 60_000;
/** A Tuesday, just before midnight in UTC: bursts below run across it. */
export const START = Date.parse("2026-03-10T23:55:00Z");

const WRONG_PASSWORD = ["c000006a", "c000006d"];

/** A failed logon for a wrong password, at so many minutes after the start, received at once unless told. */
export function failure(minute: number, more: Partial<SeenEvent> = {}): SeenEvent {
  const at = START + minute * MINUTE;
  return {
    id: 0,
    at,
    receivedAt: at,
    kind: "logon_failed",
    accountId: 1,
    computerId: 10,
    siteId: 100,
    address: "10.0.3.7",
    publicAddress: null,
    logonType: 3,
    codes: WRONG_PASSWORD,
    ...more,
  };
}

/** A logon, which carries no address. */
export function logon(minute: number, more: Partial<SeenEvent> = {}): SeenEvent {
  return failure(minute, { kind: "logon", address: null, codes: [], ...more });
}

/** The events with ids in the order given, as if stored so. */
export function stored(events: readonly SeenEvent[]): SeenEvent[] {
  return events.map((event, place) => ({ ...event, id: place + 1 }));
}

/** What a sentence about the alert needs, without names. */
export function factsOf({ accountIds, ...alert }: AlertDraft): AlertFacts {
  return {
    ...alert,
    account: null,
    site: null,
    otherAccount: null,
    computers: [],
    accountCount: accountIds.length,
  };
}
