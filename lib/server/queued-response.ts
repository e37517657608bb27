import type { Place } from "@/lib/services/reports/fair-queue";
import { enterReportQueue, reportFailure, type ReportAsker } from "@/lib/services/reports/report-queue";

const TICKET = /^[\w-]{8,64}$/;

/** The browser's own name for its place in the queue, sent with the request for a file. */
export const TICKET_HEADER = "X-Export-Ticket";

function ticketOf(request: Request): string | undefined {
  const sent = request.headers.get(TICKET_HEADER);
  return sent !== null && TICKET.test(sent) ? sent : undefined;
}

/** A controller that is raised when the client of the request leaves. */
export function abortWith(request: Request): AbortController {
  const abort = new AbortController();
  request.signal.addEventListener("abort", () => abort.abort(), { once: true });
  if (request.signal.aborted) abort.abort();
  return abort;
}

/**
 * Makes an answer when its turn comes. `work` hands the place on to streamResponse, or leaves it when it is free.
 *
 * Nothing is made for HEAD, which Next answers with GET: it would neither read the body nor let go of it.
 */
export async function queuedResponse(
  request: Request,
  asked: Omit<ReportAsker, "ticket">,
  work: (place: Place) => Promise<Response>,
): Promise<Response> {
  if (request.method === "HEAD") return new Response(null, { headers: { "Cache-Control": "no-store" } });
  const asker = { ...asked, ticket: ticketOf(request) };
  const place = await enterReportQueue(asker);
  try {
    return await work(place);
  } catch (error) {
    place.leave();
    throw reportFailure(error, asker.signal);
  }
}
