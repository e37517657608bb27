import { LARGEST_ID } from "../row-id";
import type { LiveEvent } from "./live-event";

/** An event as the list shows it, with the ids its filters go by; times in epoch milliseconds. */
export interface EventRow extends LiveEvent {
  siteId: number;
  /** As Windows names it; its words are those of logonTypeText. */
  logonType: number | null;
  /** Failure codes as sent; their words are those of failureReason. */
  status: string | null;
  subStatus: string | null;
  sourceIp: string | null;
}

/** Everything that is stored of an event. */
export interface EventDetail extends EventRow {
  /** How often the agent had tried before, or 1 for "tried before". */
  retry: number;
  agentEventId: string | null;
  sessionId: string | null;
  agentVersion: string | null;
}

/** What finds an event again: ids alone have no index, and instants are not unique. */
export interface EventReference {
  companyId: number;
  /** Epoch milliseconds. */
  occurredAt: number;
  id: number;
}

/** A reference as it appears in an address, such as 3-1767225600123-42. */
export function formatEventReference({ companyId, occurredAt, id }: EventReference): string {
  return `${companyId}-${occurredAt}-${id}`;
}

/** Reads what formatEventReference writes; null for anything else. */
export function parseEventReference(text: string): EventReference | null {
  const fields = /^([1-9]\d{0,9})-(\d{1,15})-([1-9]\d{0,15})$/.exec(text)?.slice(1).map(Number);
  if (!fields?.every(Number.isSafeInteger)) return null;
  const [companyId, occurredAt, id] = fields as [number, number, number];
  return companyId <= LARGEST_ID && occurredAt < Date.UTC(9999, 0, 1) ? { companyId, occurredAt, id } : null;
}
