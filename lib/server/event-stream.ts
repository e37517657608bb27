import { STREAM_BEAT, STREAM_BEAT_MILLISECONDS } from "@/lib/domain/events/live-event";
import { processState } from "@/lib/process-state";
import { watchAccess } from "@/lib/services/access/read-access";
import { listenToEvents } from "@/lib/services/events/live-feed";
import { feedBell } from "./bell-feed";
import type { CompanyView } from "./guards";
import { isStillAllowed } from "./still-allowed";

const MAX_STREAMS_PER_USER = 30;
/** Messages that a slow reader may leave waiting; its browser opens the stream again and reads the page anew. */
const MOST_WAITING = 100;
const encoder = new TextEncoder();

/** What a stream tells, until the returned function is called. */
type StreamSource = (send: (event: string, data: object) => void) => () => void;

type StreamRequest = Pick<Request, "method" | "signal">;

interface OpenStreams {
  countByUser: Map<number, number>;
  closers: Set<() => void>;
  isStopping: boolean;
}

function openStreams(): OpenStreams {
  return processState("streams", () => {
    const fresh: OpenStreams = { countByUser: new Map(), closers: new Set(), isStopping: false };
    // An open stream would keep the server from stopping.
    const closeAll = () => {
      fresh.isStopping = true;
      fresh.closers.forEach((close) => close());
    };
    for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.once(signal, closeAll);
    return fresh;
  });
}

/** Live views open on this server. */
export function countOpenStreams(): number {
  return openStreams().closers.size;
}

/** Feeds one stream until `close` is called: messages, heartbeats, and a look now and then whether it is still allowed. */
function feed(
  view: CompanyView,
  source: StreamSource,
  send: (text: string) => void,
  close: () => void,
): () => void {
  const recheck = () =>
    void isStillAllowed(view, { scope: view.scope, mayIdle: false })
      .catch(() => true) // unknown while the database is away: the stream goes on
      .then((isAllowed) => isAllowed || close());
  const tell = (event: string, data: object) => send(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  const stopListening = source(tell);
  const stopWatching = watchAccess(view.session.userId, recheck);
  // The view was read before anybody listened for changes.
  recheck();
  const timer = setInterval(() => {
    // A message and no comment, which the page couldn't see: what it doesn't hear from is lost.
    tell(STREAM_BEAT, {});
    recheck();
  }, STREAM_BEAT_MILLISECONDS);
  send("retry: 2000\n\n");
  return () => {
    clearInterval(timer);
    stopListening();
    stopWatching();
  };
}

/** Opens the body; it closes once: by the client, the server, or a lost right. */
function streamBody(
  view: CompanyView,
  source: StreamSource,
  signal: AbortSignal,
): ReadableStream<Uint8Array> {
  const { countByUser, closers } = openStreams();
  const { userId } = view.session;
  let close = () => {};
  return new ReadableStream<Uint8Array>({
    start(controller) {
      let isOpen = true;
      const send = (text: string) => {
        if (!isOpen) return;
        if ((controller.desiredSize ?? 0) < -MOST_WAITING) return close();
        controller.enqueue(encoder.encode(text));
      };
      close = () => {
        if (!isOpen) return;
        isOpen = false;
        stopFeeding();
        closers.delete(close);
        countByUser.set(userId, (countByUser.get(userId) ?? 1) - 1);
        if (!signal.aborted) controller.close();
      };
      countByUser.set(userId, (countByUser.get(userId) ?? 0) + 1);
      closers.add(close);
      signal.addEventListener("abort", close, { once: true });
      const stopFeeding = feed(view, source, send, () => close());
    },
    cancel: () => close(),
  });
}

/**
 * Server-sent events of the view's companies: `event: events` with a LiveMessage as data, and what `bellStreamResponse`
 * tells, as a window is to have one stream. `readAt` (epoch milliseconds) is when the page was read.
 *
 * Ends when the client goes, when the session ends or its access changes, and when the server stops; the browser
 * then asks again and gets what it may see by then.
 */
export function eventStreamResponse(view: CompanyView, readAt: number, request: StreamRequest): Response {
  const source: StreamSource = (send) => {
    const stops = [
      listenToEvents(view.scope, readAt, (message) => send("events", message)),
      bellOf(view)(send),
    ];
    return () => stops.forEach((stop) => stop());
  };
  return streamResponse(view, source, request);
}

/** The same of nothing but how many notifications the person has not read: `event: unread` with `{"count":n}`. */
export function bellStreamResponse(view: CompanyView, request: StreamRequest): Response {
  return streamResponse(view, bellOf(view), request);
}

function bellOf({ session }: CompanyView): StreamSource {
  return (send) => feedBell(session.userId, (data) => send("unread", data));
}

function streamResponse(
  view: CompanyView,
  source: StreamSource,
  { method, signal }: StreamRequest,
): Response {
  // On a connection that a proxy kept open, a browser asks a stopping server again.
  if (openStreams().isStopping) {
    const headers = { "Retry-After": "5" };
    return Response.json({ message: "The server is stopping." }, { status: 503, headers });
  }
  if ((openStreams().countByUser.get(view.session.userId) ?? 0) >= MAX_STREAMS_PER_USER) {
    const headers = { "Retry-After": "30" };
    return Response.json({ message: "Too many live views are open." }, { status: 429, headers });
  }
  // Next answers HEAD with GET, and would neither read the body nor let go of it.
  const body = method === "HEAD" ? null : streamBody(view, source, signal);
  return new Response(body, {
    headers: {
      "Content-Type": "text/event-stream; charset=utf-8",
      // no-transform keeps compression from holding messages back.
      "Cache-Control": "no-store, no-transform",
      "X-Accel-Buffering": "no",
    },
  });
}
