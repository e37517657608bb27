import { eventsByReference } from "@/db/queries/events/live-events";
import { subscribe } from "@/db/notifications";
import { operatorScope, readWithin, type CompanyScope } from "@/db/scope";
import type { LiveMessage } from "@/lib/domain/events/live-event";
import { logger } from "@/lib/logger";
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
}

const shared = globalThis as { winauthmonLiveFeed?: Feed };
const NEWEST_ROWS = 20;
const PAUSE_MILLISECONDS = 150;

function feed(): Feed {
  if (!shared.winauthmonLiveFeed) {
    shared.winauthmonLiveFeed = { listeners: new Map(), gathered: new Map() };
    subscribe("winauthmon_events", { onMessage: receive, onConnect: () => undefined });
  }
  return shared.winauthmonLiveFeed;
}

/** Hears of every event stored for the scope's companies, on whichever server, until the returned function is called. */
export function listenToEvents(scope: CompanyScope, listener: Listener): () => void {
  const { listeners } = feed();
  for (const companyId of scope.companyIds) {
    const ofCompany = listeners.get(companyId) ?? new Set();
    listeners.set(companyId, ofCompany.add(listener));
  }
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
  const { listeners, gathered } = feed();
  for (const { companyId, newest, count } of JSON.parse(payload) as EventAnnouncement[]) {
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
    const rows = await readWithin(scope, (tx) => eventsByReference(tx, companyId, sum.references));
    for (const listener of ofCompany) listener({ companyId, count: sum.count, rows });
  } catch (error) {
    logger.warn({ err: error, companyId }, "new events could not be read for the live views");
  }
}
