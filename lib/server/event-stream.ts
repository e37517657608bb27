import { subscribe } from "@/db/notifications";
import { listenToEvents } from "@/lib/services/events/live-feed";
import { readAccess, scopeOfCompany } from "@/lib/services/access/read-access";
import { readSession } from "@/lib/services/auth/sessions";
import type { CompanyView } from "./guards";

const HEARTBEAT_MILLISECONDS = 15_000;
const MAX_STREAMS_PER_USER = 30;

interface Streams {
  countByUser: Map<number, number>;
  closers: Set<() => void>;
}

const shared = globalThis as { winauthmonStreams?: Streams };

function streams(): Streams {
  if (!shared.winauthmonStreams) {
    const fresh: Streams = { countByUser: new Map(), closers: new Set() };
    shared.winauthmonStreams = fresh;
    // An open stream would keep the server from stopping.
    const closeAll = () => fresh.closers.forEach((close) => close());
    process.once("SIGTERM", closeAll);
    process.once("SIGINT", closeAll);
  }
  return shared.winauthmonStreams;
}

/** Whether the session still lives and may still see what the stream shows. */
async function isStillAllowed(view: CompanyView): Promise<boolean> {
  const session = await readSession(view.session.sessionId);
  const access = session && (await readAccess(session.userId));
  return access != null && view.scope.companyIds.every((id) => scopeOfCompany(access, id) !== null);
}

/**
 * Server-sent events of the view's companies: `event: events` with a LiveMessage as data.
 *
 * Ends when the client goes, when the session ends or its access changes, and when the server stops; the browser
 * then asks again and gets what it may see by then.
 */
export function eventStreamResponse(view: CompanyView, signal: AbortSignal): Response {
  const { countByUser, closers } = streams();
  const { userId } = view.session;
  if ((countByUser.get(userId) ?? 0) >= MAX_STREAMS_PER_USER) {
    return Response.json(
      { message: "Too many live views are open." },
      { status: 429, headers: { "Retry-After": "30" } },
    );
  }
  countByUser.set(userId, (countByUser.get(userId) ?? 0) + 1);
  const encoder = new TextEncoder();
  let close = () => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const stopListening = listenToEvents(view.scope, (message) =>
        send(`event: events\ndata: ${JSON.stringify(message)}\n\n`),
      );
      const recheck = () =>
        void isStillAllowed(view)
          .catch(() => false)
          .then((isAllowed) => isAllowed || close());
      const stopAccess = subscribe("winauthmon_access", { onMessage: recheck, onConnect: () => undefined });
      const timer = setInterval(() => {
        send(": still here\n\n");
        recheck();
      }, HEARTBEAT_MILLISECONDS);
      close = () => {
        close = () => {};
        clearInterval(timer);
        stopListening();
        stopAccess();
        closers.delete(stop);
        countByUser.set(userId, (countByUser.get(userId) ?? 1) - 1);
        signal.removeEventListener("abort", stop);
        try {
          controller.close();
        } catch {
          // Already closed by the client's leaving.
        }
      };
      const stop = () => close();
      closers.add(stop);
      signal.addEventListener("abort", stop);
      send("retry: 2000\n\n");
    },
    cancel: () => close(),
  });
  return new Response(body, {
    headers: {
      "Content-Type": "text/event-stream; charset=utf-8",
      // no-transform keeps compression from holding messages back.
      "Cache-Control": "no-store, no-transform",
      "X-Accel-Buffering": "no",
    },
  });
}
