import type { InsertedEvent, NewEvent } from "@/db/queries/events/insert-events";
import { publish } from "@/db/pg-notify";

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

let gathered = new Map<number, EventAnnouncement>();
let timer: NodeJS.Timeout | undefined;

/**
 * Tells every server of newly stored events, after their commit and without keeping anybody waiting.
 *
 * Several commits within a tenth of a second share one message. Lost messages cost a live view a refresh,
 * never an event, so a failure here is not an error.
 */
export function announceEvents(rows: readonly NewEvent[], inserted: readonly (InsertedEvent | null)[]): void {
  rows.forEach((row, index) => {
    const stored = inserted[index];
    if (stored) gather(stored.companyId, row.event.occurredAt, stored.id);
  });
  if (gathered.size > 0) timer ??= setTimeout(send, PAUSE_MILLISECONDS).unref();
}

function gather(companyId: number, occurredAt: number, id: number): void {
  let announcement = gathered.get(companyId);
  if (!announcement) gathered.set(companyId, (announcement = { companyId, newest: [], count: 0 }));
  announcement.count += 1;
  announcement.newest.push([occurredAt, id]);
  if (announcement.newest.length > NEWEST_PER_COMPANY) announcement.newest.shift();
}

function send(): void {
  timer = undefined;
  const announcements = [...gathered.values()];
  gathered = new Map();
  for (const payload of packPayloads(announcements))
    publish("winauthmon_events", payload).catch(() => undefined);
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
