import { streamInView } from "./stream-in-view";

const REOPEN_MILLISECONDS = 30_000;
/** A page that is being opened needs a moment until it has its stream. */
const GRACE_MILLISECONDS = 1_000;

type Listener = (count: number) => void;

/**
 * How many notifications the person has not read, for the bell; 100 stands for more. A browser opens six connections to
 * a server over HTTP/1.1, for all its windows together, so a window has one stream: a live page's brings the count as
 * well, and the bell has one of its own only where there is no such page.
 */
export class UnreadNews {
  readonly #listeners = new Set<Listener>();
  #carriers = 0;
  #newest: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closeOwn: (() => void) | null = null;

  /** Tells the count, now if it is known and whenever it changes, until the returned function is called. */
  hear(listener: Listener): () => void {
    this.#listeners.add(listener);
    if (this.#newest !== null) listener(this.#newest);
    this.#settle();
    return () => {
      this.#listeners.delete(listener);
      // The next person who signs in in this window is another.
      if (this.#listeners.size === 0) this.#newest = null;
      this.#settle();
    };
  }

  /** Says that a page has a stream, which `readFrom` is given, until the returned function is called. */
  carry(): () => void {
    this.#carriers += 1;
    this.#settle();
    return () => {
      this.#carriers -= 1;
      this.#settle();
    };
  }

  /** Takes the count from what the stream tells. */
  readFrom(source: EventSource): void {
    source.addEventListener("unread", (event) => {
      const { count } = JSON.parse(event.data as string) as { count: number };
      this.#newest = count;
      for (const listener of this.#listeners) listener(count);
    });
  }

  /** Opens or closes the stream of the bell alone. */
  #settle(): void {
    clearTimeout(this.#timer);
    if (this.#listeners.size === 0 || this.#carriers > 0) {
      this.#closeOwn?.();
      this.#closeOwn = null;
    } else if (!this.#closeOwn) {
      this.#timer = setTimeout(() => this.#openOwn(), GRACE_MILLISECONDS);
    }
  }

  #openOwn(): void {
    this.#closeOwn = streamInView({
      address: () => "/api/events/stream?company=all&only=unread",
      listen: (source) => this.readFrom(source),
      reopenMilliseconds: REOPEN_MILLISECONDS,
    });
  }
}

/** Of this window. */
export const unreadNews = new UnreadNews();
