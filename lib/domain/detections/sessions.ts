import type { Evidence } from "./finding";
import type { SeenEvent } from "./rule";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A session without a word for so long has no known end, and counts no longer. */
const LONGEST_MS = 16 * HOUR;
/** How long what began or ended is remembered, so that what arrives late finds it. */
const REMEMBER_MS = 2 * DAY;
const MOST_SESSIONS = 60;
const PEAK_DAYS = 30;

/** The newest session on one computer; instants in epoch milliseconds. */
interface Session {
  computerId: number;
  /** The event that began it, and when; 0 of one whose beginning is not known. */
  id: number;
  at: number;
  /** Its last start, unlock or connect. */
  seenAt: number;
  /** 0 while it goes on. */
  endAt: number;
}

/** An account's sessions, and how many there were at once; JSON. */
export interface SessionMemory {
  newest: Session[];
  /** The most at once of each day with several: when, and how many. */
  peaks: [number, number][];
}

/** When a computer was last shut down or started, epoch milliseconds; 0 for not known. */
export type OffAt = (computerId: number) => number;

export function newSessions(): SessionMemory {
  return { newest: [], peaks: [] };
}

/** The account's sessions on other computers that are open when the event happens, the oldest first. */
export function openElsewhere(memory: SessionMemory, event: SeenEvent, offAt: OffAt): Evidence[] {
  return memory.newest
    .filter((one) => one.computerId !== event.computerId && isOpen(one, event.at, offAt))
    .map(({ id, at, computerId }) => ({ id, at, computerId }))
    .toSorted((a, b) => a.at - b.at || a.id - b.id);
}

/** Whether the account has an open session on the event's own computer. */
export function isOpenHere(memory: SessionMemory, { computerId, at }: SeenEvent, offAt: OffAt): boolean {
  return memory.newest.some((one) => one.computerId === computerId && isOpen(one, at, offAt));
}

function isOpen({ computerId, id, at, seenAt, endAt }: Session, now: number, offAt: OffAt): boolean {
  if (id === 0 || at > now || now - seenAt > LONGEST_MS || (endAt > 0 && endAt <= now)) return false;
  const off = offAt(computerId);
  return off <= at || off > now;
}

/**
 * The most sessions that were open at once in the 30 days before, at least one. What may still go on does not make itself
 * usual.
 */
export function usualMost({ peaks }: SessionMemory, at: number): number {
  const within = peaks.filter(([when]) => when >= at - PEAK_DAYS * DAY && when <= at - LONGEST_MS);
  return Math.max(1, ...within.map(([, count]) => count));
}

/** A start of a session, or that it goes on. `dayOf` gives the local day of an instant. */
export function beginSession(
  memory: SessionMemory,
  event: SeenEvent,
  offAt: OffAt,
  dayOf: (at: number) => number,
): void {
  const { id, at, computerId } = event;
  const known = memory.newest.find((one) => one.computerId === computerId);
  if (known && isOpen(known, at, offAt)) known.seenAt = Math.max(known.seenAt, at);
  else if (!known) memory.newest.push({ computerId, id, at, seenAt: at, endAt: 0 });
  else if (at >= known.seenAt && at >= known.endAt) Object.assign(known, { id, at, seenAt: at, endAt: 0 });
  forget(memory);
  const count = openElsewhere(memory, event, offAt).length + 1;
  if (count > 1) notePeak(memory, at, count, dayOf);
}

/** A logoff. */
export function endSession(memory: SessionMemory, { at, computerId }: SeenEvent): void {
  const known = memory.newest.find((one) => one.computerId === computerId);
  if (!known) memory.newest.push({ computerId, id: 0, at, seenAt: at, endAt: at });
  else if (at >= known.seenAt) known.endAt = Math.max(known.endAt, at);
  forget(memory);
}

function forget(memory: SessionMemory): void {
  const heardAt = ({ seenAt, endAt }: Session) => Math.max(seenAt, endAt);
  const newest = Math.max(...memory.newest.map(heardAt));
  memory.newest = memory.newest.filter((one) => heardAt(one) >= newest - REMEMBER_MS);
  if (memory.newest.length <= MOST_SESSIONS) return;
  memory.newest = memory.newest.toSorted((a, b) => heardAt(b) - heardAt(a)).slice(0, MOST_SESSIONS);
}

function notePeak(memory: SessionMemory, at: number, count: number, dayOf: (at: number) => number): void {
  const day = dayOf(at);
  const own = memory.peaks.find(([when]) => dayOf(when) === day);
  if (own && own[1] >= count) return;
  const others = memory.peaks.filter((one) => one !== own);
  const newest = Math.max(at, ...others.map(([when]) => when));
  memory.peaks = [...others, [at, count] as [number, number]]
    .filter(([when]) => when >= newest - (PEAK_DAYS + 1) * DAY)
    .toSorted(([a], [b]) => a - b);
}
