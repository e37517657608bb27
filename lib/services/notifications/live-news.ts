import { listenTo, publishWithin } from "@/db/pg-notify";
import type { Transaction } from "@/db/client";
import { processState } from "@/lib/process-state";

/** Several notifications within it are one ring. */
const PAUSE_MILLISECONDS = 1_000;

/** A company whose notifications were made, a person who has read some, or null where either may have gone unheard. */
type Tidings = { companyId: number } | { readerId: number } | null;

interface News {
  listeners: Set<(tidings: Tidings) => void>;
}

/** What the topic says of a person; of a company it says the number alone, as the trigger of notifications writes it. */
const READER = "reader ";

function tidingsOf(payload: string): Tidings {
  return payload.startsWith(READER)
    ? { readerId: Number(payload.slice(READER.length)) }
    : { companyId: Number(payload) };
}

/** Tells the person's open windows, on whichever server, once the transaction is committed. */
export function announceRead(tx: Transaction, readerId: number): Promise<void> {
  return publishWithin(tx, "winauthmon_news", `${READER}${readerId}`);
}

function news(): News {
  return processState("news", () => {
    const fresh: News = { listeners: new Set() };
    const tell = (tidings: Tidings) => fresh.listeners.forEach((listener) => listener(tidings));
    listenTo("winauthmon_news", {
      onMessage: (payload) => tell(tidingsOf(payload)),
      // What was told meanwhile went unheard.
      onConnect: () => tell(null),
    });
    return fresh;
  });
}

/**
 * Rings when notifications of one of the companies were made (null for any) or the reader has read some, on whichever
 * server, at most once a second, until the returned function is called.
 */
export function listenToNews(
  readerId: number,
  companyIds: readonly number[] | null,
  ring: () => void,
): () => void {
  const own = companyIds && new Set(companyIds);
  const concerns = (tidings: Tidings) => {
    if (tidings === null) return true;
    return "readerId" in tidings ? tidings.readerId === readerId : (own?.has(tidings.companyId) ?? true);
  };
  let timer: NodeJS.Timeout | undefined;
  const listener = (tidings: Tidings) => {
    if (!concerns(tidings)) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      ring();
    }, PAUSE_MILLISECONDS).unref();
  };
  news().listeners.add(listener);
  return () => {
    clearTimeout(timer);
    news().listeners.delete(listener);
  };
}
