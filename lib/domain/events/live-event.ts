import type { EventKind } from "./kinds";

/** One event as lists and live feeds show it; times in epoch milliseconds. */
export interface LiveEvent {
  companyId: number;
  id: number;
  occurredAt: number;
  receivedAt: number;
  kind: EventKind;
  eventType: string;
  accountId: number;
  computerId: number;
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

/** What a live stream says now and then, so that a page knows a connection that is quiet from one that is lost. */
export const STREAM_BEAT = "beat";
export const STREAM_BEAT_MILLISECONDS = 15_000;

/** By how much a page's time of reading and an event's of receiving may be wrong against each other: servers' clocks differ. */
export const CLOCKS_DIFFER_MILLISECONDS = 2_000;

type Placed = Pick<LiveEvent, "occurredAt" | "receivedAt" | "isClockSkewed" | "id">;

/** Where an event stands in a live list, epoch milliseconds: when it was received if the computer's clock was ahead. */
export function livePlace({ occurredAt, receivedAt, isClockSkewed }: Omit<Placed, "id">): number {
  return isClockSkewed ? receivedAt : Math.min(occurredAt, receivedAt);
}

/** Compares for a live list, newest first; equal places by id. */
export function liveOrder(a: Placed, b: Placed): number {
  return livePlace(b) - livePlace(a) || b.id - a.id;
}
