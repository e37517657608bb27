import { endExports } from "@/components/exports/under-way";
import type { LiveEvent, LiveMessage } from "@/lib/domain/events/live-event";
import { portalNow } from "./portal-clock";
import { streamInView } from "./stream-in-view";
import { unreadNews } from "./unread-news";

const REOPEN_MILLISECONDS = 5_000;
/** A stream is refused for other reasons than a lost company as well, and then again and again. */
const REFUSED_PAUSE_MILLISECONDS = 60_000;

interface EventsHearing {
  /** A company's id or `all`. */
  companyRef: string;
  /** When the page was read, epoch milliseconds. */
  readAt: () => number;
  /** Gets rows that were stored, oldest first; none when the page is to be read again. */
  onNews: (rows: readonly LiveEvent[]) => void;
  onState: (state: "connecting" | "live") => void;
}

/**
 * Hears newly stored events of a company until the returned function is called, and goes to the sign-in page when the
 * session ends. While nothing was heard, the person may have lost a company: the page is read again when the stream is
 * back, and when it is refused.
 */
export function hearEvents({ companyRef, readAt, onNews, onState }: EventsHearing): () => void {
  let isStopped = false;
  let isAgain = false;
  let refusedReadAt = -Infinity;
  const look = async () => {
    const isSignedIn = await isSessionThere();
    if (isSignedIn === false) leave();
    return isSignedIn === true;
  };
  const readRefused = () => {
    if (isStopped || performance.now() - refusedReadAt < REFUSED_PAUSE_MILLISECONDS) return;
    refusedReadAt = performance.now();
    onNews([]);
  };
  const release = unreadNews.carry();
  const close = streamInView({
    address: () => {
      // Once it is back, what was missed is read without being told of.
      const now = portalNow(readAt());
      const since = isAgain ? now : readAt();
      const query = new URLSearchParams({ company: companyRef, read_at: String(Math.floor(since)) });
      return `/api/events/stream?${query}`;
    },
    listen: (source) => {
      unreadNews.readFrom(source);
      source.addEventListener("open", () => {
        onState("live");
        if (isAgain) onNews([]);
        isAgain = true;
      });
      source.addEventListener("error", () => (isAgain = true));
      source.addEventListener("events", (event) =>
        onNews((JSON.parse(event.data as string) as LiveMessage).rows),
      );
    },
    onAway: () => onState("connecting"),
    onRefused: () => void look().then((isSignedIn) => isSignedIn && readRefused()),
    // Without a stream the page would stay visible after the session ends.
    whileHidden: () => void look(),
    reopenMilliseconds: REOPEN_MILLISECONDS,
  });
  return () => {
    isStopped = true;
    close();
    release();
  };
}

/** Whether the person is signed in still; undefined while the server doesn't say. */
async function isSessionThere(): Promise<boolean | undefined> {
  const session: unknown = await fetch("/api/auth/session", { cache: "no-store" })
    .then((answer) => (answer.ok ? answer.json() : undefined))
    .catch(() => undefined);
  return session === undefined ? undefined : session !== null;
}

/** Goes to the sign-in page, which leads back here. */
function leave(): void {
  endExports();
  const next = window.location.pathname + window.location.search;
  window.location.assign(`/login?${new URLSearchParams({ notice: "session-over", next })}`);
}
