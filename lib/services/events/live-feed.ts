import { eventsByReference } from "@/db/queries/events/live-events";
import { listenTo } from "@/db/pg-notify";
import { operatorScope, readWithin, type CompanyScope } from "@/db/scope";
import { CLOCKS_DIFFER_MILLISECONDS, type LiveMessage } from "@/lib/domain/events/live-event";
import { logger } from "@/lib/logger";
import { processState } from "@/lib/process-state";
import type { EventAnnouncement } from "./announce-events";

type Listener = (message: LiveMessage) => void;

interface Gathered {
  references: [number, number][];
  count: number;
  timer: NodeJS.Timeout | undefined;
}

interface Feed {
  listeners: Map<number, Set<Listener>>;
  gathered: Map<number, Gathered>;
  /** Since when this process is notified of all stored events; epoch milliseconds, Infinity before. */
  hearsSince: number;
  /** When it last heard of a company's events; epoch milliseconds. */
  heardAt: Map<number, number>;
}

const NEWEST_ROWS = 20;
const PAUSE_MILLISECONDS = 150;

function feed(): Feed {
  let isFresh = false;
  const state = processState("live-feed", () => {
    isFresh = true;
    return { listeners: new Map(), gathered: new Map(), hearsSince: Infinity, heardAt: new Map() };
  });
  // Only now, as a listener may be called at once.
  if (isFresh) listenTo("winauthmon_events", { onMessage: receive, onConnect: askAllToReadAgain });
  return state;
}

/** What says only that something may have been missed: no rows, so that the page is read again. */
const readAgain = (companyId: number): LiveMessage => ({ companyId, count: 0, rows: [] });

/**
 * The connection is new: whatever was stored before it, since pages were read, went unheard. One message is enough for a
 * listener, as its page is read whole; one for each of many companies would look like a reader who doesn't keep up.
 */
function askAllToReadAgain(): void {
  const current = feed();
  current.hearsSince = Date.now();
  const told = new Set<Listener>();
  for (const [companyId, ofCompany] of current.listeners) {
    for (const listener of ofCompany) {
      if (!told.has(listener)) listener(readAgain(companyId));
      told.add(listener);
    }
  }
}

/**
 * Hears of every event stored for the scope's companies, on whichever server, until the returned function is called.
 *
 * `readAt` (epoch milliseconds) is when the listener last read them: a message without rows comes at once when events
 * may have been stored since, and later whenever some may have gone unheard.
 */
export function listenToEvents(scope: CompanyScope, readAt: number, listener: Listener): () => void {
  const { listeners, hearsSince, heardAt } = feed();
  for (const companyId of scope.companyIds) {
    const ofCompany = listeners.get(companyId) ?? new Set();
    listeners.set(companyId, ofCompany.add(listener));
  }
  // A page is read a little after it says: one reading too many is better than a miss.
  const missed = scope.companyIds.find(
    (id) => Math.max(hearsSince, heardAt.get(id) ?? 0) > readAt - CLOCKS_DIFFER_MILLISECONDS,
  );
  // Before it hears at all the connection, once made, tells everyone.
  if (missed !== undefined && hearsSince !== Infinity) listener(readAgain(missed));
  return () => {
    for (const companyId of scope.companyIds) {
      const ofCompany = listeners.get(companyId);
      ofCompany?.delete(listener);
      if (ofCompany?.size === 0) listeners.delete(companyId);
    }
  };
}

/** Gathers what several messages say of a company, so that a busy one costs a few queries a second at most. */
function receive(payload: string): void {
  const { listeners, gathered, heardAt } = feed();
  for (const { companyId, newest, count } of JSON.parse(payload) as EventAnnouncement[]) {
    heardAt.set(companyId, Date.now());
    if (!listeners.has(companyId)) continue;
    const sum = gathered.get(companyId) ?? { references: [], count: 0, timer: undefined };
    sum.references = [...sum.references, ...newest].slice(-NEWEST_ROWS);
    sum.count += count;
    sum.timer ??= setTimeout(() => void deliver(companyId), PAUSE_MILLISECONDS).unref();
    gathered.set(companyId, sum);
  }
}

async function deliver(companyId: number): Promise<void> {
  const { listeners, gathered } = feed();
  const sum = gathered.get(companyId);
  gathered.delete(companyId);
  const ofCompany = listeners.get(companyId);
  if (!sum || !ofCompany) return;
  try {
    // Listeners proved their access when they began to listen; the rows are one company's.
    const scope = operatorScope(companyId);
    const rows = await readWithin(scope, (tx) => eventsByReference(tx, scope, sum.references));
    for (const listener of ofCompany) listener({ companyId, count: sum.count, rows });
  } catch (error) {
    logger.warn({ err: error, companyId }, "Can't read new events for live views");
    for (const listener of ofCompany) listener(readAgain(companyId));
  }
}
