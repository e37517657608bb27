import { insertEvents, type InsertedEvent, type NewEvent } from "@/db/queries/events/insert-events";
import type { KeyAccess } from "@/db/scope";
import type { WireEvent } from "@/lib/domain/events/wire";
import { CLOCK_TOLERANCE_MILLISECONDS } from "@/lib/domain/fleet/computer-health";
import { metrics } from "@/lib/metrics";
import { processState } from "@/lib/process-state";
import { countKeyActivity, markAccountSeen, markComputerSeen } from "./activity";
import { announceEvents } from "./announce-events";
import { fingerprintOf } from "./fingerprint";
import { CommitLanes } from "./commit-lanes";

type EventCommit = CommitLanes<NewEvent, InsertedEvent | null>;

const shared = processState("event-commit", (): { commit?: EventCommit; committedAt: number } => ({
  committedAt: -Infinity,
}));

function eventCommit(): EventCommit {
  return (shared.commit ??= new CommitLanes(commitEvents, { partOf: (row) => row.scope.companyId }));
}

/** Events of this process that wait for their commit at present. */
export function countWaitingEvents(): number {
  return shared.commit?.waitingItems ?? 0;
}

/** Whether agents wait for an answer of this process at present. */
export function areAgentsWaiting(): boolean {
  return shared.commit?.isIdle === false;
}

/** Whether this process stored an agent's events within the given number of milliseconds. */
export function haveAgentsSentWithin(milliseconds: number): boolean {
  return areAgentsWaiting() || performance.now() - shared.committedAt < milliseconds;
}

async function commitEvents(rows: readonly NewEvent[]): Promise<(InsertedEvent | null)[]> {
  const startedAt = performance.now();
  const inserted = await insertEvents(rows);
  shared.committedAt = performance.now();
  const counted = metrics();
  counted?.commitEvents.observe(rows.length);
  counted?.commitSeconds.observe((performance.now() - startedAt) / 1000);
  announceEvents(rows, inserted);
  rows.forEach((row, index) => {
    const stored = inserted[index];
    if (stored) markSeen(row, stored);
  });
  return inserted;
}

function markSeen({ scope, siteId, event }: NewEvent, stored: InsertedEvent): void {
  markAccountSeen(scope, stored.accountId, event.occurredAt, event.occurredAt);
  markComputerSeen({
    scope,
    siteId,
    name: event.computerName,
    nameKey: event.computerKey,
    firstAt: event.occurredAt,
    lastAt: event.occurredAt,
    healthAt: null,
    localIp: event.localIp,
    publicIp: event.publicIp,
    agentVersion: event.agentVersion,
    spoolLength: null,
    droppedFailures: null,
    droppedSessions: null,
    clockSkewMs: clockErrorOf(event),
  });
}

/** Milliseconds ahead, or 0 for not ahead; null for an event that came late, which tells nothing: it may have waited. */
function clockErrorOf({ isClockSkewed, occurredAt }: WireEvent): number | null {
  const aheadMs = occurredAt - Date.now();
  if (isClockSkewed) return aheadMs;
  return aheadMs < -CLOCK_TOLERANCE_MILLISECONDS ? null : 0;
}

/**
 * Stores events sent with one key; settles after the commit that holds them.
 *
 * The answer is parallel to the events: true when newly stored, false when it was recorded already.
 * @throws AppError `unavailable` or the driver's error in an outage; then none of them is stored.
 */
export async function recordEvents(access: KeyAccess, events: readonly WireEvent[]): Promise<boolean[]> {
  const { scope, key } = access;
  const rows = events.map((event) => ({
    scope,
    siteId: key.siteId,
    event,
    fingerprint: fingerprintOf(event),
  }));
  const outcome = (await eventCommit().add(rows)).map((stored) => stored !== null);
  const accepted = outcome.filter(Boolean).length;
  countKeyActivity(access, { accepted, duplicate: outcome.length - accepted });
  const counted = metrics();
  counted?.events.inc({ outcome: "accepted" }, accepted);
  counted?.events.inc({ outcome: "duplicate" }, outcome.length - accepted);
  return outcome;
}
