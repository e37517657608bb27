import type { InsertedEvent, NewEvent } from "@/db/queries/events/insert-events";
import { publish } from "@/db/pg-notify";
import { processState } from "@/lib/process-state";

/** What travels by NOTIFY: for each company the newest few stored events, and how many there were in all. */
export interface EventAnnouncement {
  companyId: number;
  /** [epoch milliseconds, id], oldest first. */
  newest: [number, number][];
  count: number;
}

const NEWEST_PER_COMPANY = 20;
const MAX_PAYLOAD_BYTES = 7_500;
const PAUSE_MILLISECONDS = 100;

interface Gathered {
  announcements: Map<number, EventAnnouncement>;
  timer: NodeJS.Timeout | undefined;
}

// One for both bundles of the process, since the one that stops it may not be the one that stores.
const pending = (): Gathered =>
  processState("event-announcements", () => ({ announcements: new Map(), timer: undefined }));

/**
 * Tells every server of newly stored events, after their commit and without keeping anybody waiting.
 *
 * Several commits within a tenth of a second share one message. Lost messages cost a live view a refresh,
 * never an event, so a failure here is not an error.
 */
export function announceEvents(rows: readonly NewEvent[], inserted: readonly (InsertedEvent | null)[]): void {
  const gathered = pending();
  rows.forEach((row, index) => {
    const stored = inserted[index];
    if (stored) gather(gathered.announcements, stored.companyId, row.event.occurredAt, stored.id);
  });
  if (gathered.announcements.size > 0) {
    gathered.timer ??= setTimeout(() => void flushAnnouncements(), PAUSE_MILLISECONDS).unref();
  }
}

function gather(
  announcements: Map<number, EventAnnouncement>,
  companyId: number,
  occurredAt: number,
  id: number,
): void {
  let announcement = announcements.get(companyId);
  if (!announcement) announcements.set(companyId, (announcement = { companyId, newest: [], count: 0 }));
  announcement.count += 1;
  announcement.newest.push([occurredAt, id]);
  if (announcement.newest.length > NEWEST_PER_COMPANY) announcement.newest.shift();
}

/** Sends what is still gathered; settles when it has gone out, or could not. A server that stops calls it last. */
export async function flushAnnouncements(): Promise<void> {
  const gathered = pending();
  clearTimeout(gathered.timer);
  gathered.timer = undefined;
  const announcements = [...gathered.announcements.values()];
  gathered.announcements.clear();
  await Promise.allSettled(
    packPayloads(announcements).map((payload) => publish("winauthmon_events", payload)),
  );
}

function packPayloads(announcements: readonly EventAnnouncement[]): string[] {
  const payloads: string[] = [];
  let batch: EventAnnouncement[] = [];
  let bytes = 2;
  for (const announcement of announcements) {
    const size = JSON.stringify(announcement).length + 1;
    if (bytes + size > MAX_PAYLOAD_BYTES) {
      payloads.push(JSON.stringify(batch));
      batch = [];
      bytes = 2;
    }
    batch.push(announcement);
    bytes += size;
  }
  if (batch.length > 0) payloads.push(JSON.stringify(batch));
  return payloads;
}
