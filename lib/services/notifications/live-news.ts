import { listenTo } from "@/db/pg-notify";
import { processState } from "@/lib/process-state";

/** Several notifications within it are one ring. */
const PAUSE_MILLISECONDS = 1_000;

interface News {
  listeners: Set<(companyId: number | null) => void>;
}

function news(): News {
  return processState("news", () => {
    const fresh: News = { listeners: new Set() };
    const tell = (companyId: number | null) => fresh.listeners.forEach((listener) => listener(companyId));
    listenTo("winauthmon_news", {
      onMessage: (payload) => tell(Number(payload)),
      // What was told meanwhile went unheard.
      onConnect: () => tell(null),
    });
    return fresh;
  });
}

/**
 * Rings when notifications of one of the companies were made (null for any), on whichever server, at most once a second,
 * until the returned function is called.
 */
export function listenToNews(companyIds: readonly number[] | null, ring: () => void): () => void {
  const own = companyIds && new Set(companyIds);
  let timer: NodeJS.Timeout | undefined;
  const listener = (companyId: number | null) => {
    if (companyId !== null && own && !own.has(companyId)) return;
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
