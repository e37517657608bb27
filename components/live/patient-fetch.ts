/** Answers of a proxy whose servers are away, and of a server that is too busy or stopping. */
const AWAY = new Set([502, 503, 504]);
const FIRST_PAUSE_MILLISECONDS = 500;
const LONGEST_PAUSE_MILLISECONDS = 5_000;
/** How long a navigation waits for its page. */
const NAVIGATION_MILLISECONDS = 20_000;

/**
 * A `fetch` under which the page on the screen outlives an outage.
 *
 * Next's router loads the address anew when a page cannot be read, so the page would be replaced by the browser's or
 * the proxy's error and stay so. Here its requests are repeated while the server is away: without end when the page on
 * the screen is read again, for 20 seconds for another page. `shownAddress` is that of the page on the screen.
 */
export function patientFetch(send: typeof fetch, shownAddress: () => URL): typeof fetch {
  return async (input, init) => {
    if (!isPageRead(input, init)) return send(input, init);
    const address = pathAndQuery(new URL(input, shownAddress()));
    const startedAt = performance.now();
    for (let pause = FIRST_PAUSE_MILLISECONDS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MILLISECONDS)) {
      const isLast =
        address !== pathAndQuery(shownAddress()) && performance.now() - startedAt >= NAVIGATION_MILLISECONDS;
      const answer = await send(input, init).catch((error: unknown) => {
        if (isLast || init?.signal?.aborted) throw error;
        return null;
      });
      if (answer && (isLast || !AWAY.has(answer.status))) return answer;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  };
}

/** Whether the router reads a page, and not ahead of a click. */
function isPageRead(input: RequestInfo | URL, init: RequestInit | undefined): input is string | URL {
  const headers = new Headers(init?.headers);
  const isOther = headers.has("Next-Router-Prefetch") || (init?.method ?? "GET") !== "GET";
  return headers.has("RSC") && !isOther && !(input instanceof Request);
}

/** One spelling of what the router and the address bar say differently. */
function pathAndQuery({ pathname, searchParams }: URL): string {
  const query = new URLSearchParams(searchParams);
  query.delete("_rsc");
  return `${pathname}?${query}`;
}
