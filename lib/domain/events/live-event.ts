import type { EventKind } from "./kinds";

/** One event as lists and live feeds show it; times in epoch milliseconds. */
export interface LiveEvent {
  companyId: number;
  id: number;
  occurredAt: number;
  receivedAt: number;
  kind: EventKind;
  eventType: string;
  userName: string;
  computerName: string;
  siteName: string;
  localIp: string | null;
  publicIp: string | null;
  isClockSkewed: boolean;
}

/**
 * What a live stream sends: the newest rows (oldest first), and how many events there were in all; none when some may
 * have been missed and the page should be read again.
 */
export interface LiveMessage {
  companyId: number;
  count: number;
  rows: LiveEvent[];
}
