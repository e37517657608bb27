import { parseWireEvent, type WireEvent } from "@/lib/domain/events/wire";
import { countRejectedField } from "@/lib/metrics";
import { countKeyActivity } from "@/lib/services/events/activity";
import { recordEvents } from "@/lib/services/events/record-events";
import { authoriseAgent } from "./authorise";
import { readJson } from "./body";
import { invalidResponse, jsonResponse } from "./respond";
import type { AgentRequest, AgentResponse } from "./types";

const MAX_BODY_BYTES = 5 * 1024 * 1024;
const MAX_EVENTS = 1000;

interface Rejected {
  index: number;
  message: string;
  field: string;
}

/** `POST /api/log_events`: 1 to 1,000 events in one commit; an invalid one is listed and doesn't affect the others. */
export async function logEvents(request: AgentRequest): Promise<AgentResponse> {
  const authorised = await authoriseAgent(request);
  if ("refusal" in authorised) return authorised.refusal;
  const { access, headers } = authorised;
  const sent = eventsOf(await readJson(request, access.key.id, MAX_BODY_BYTES));
  if (typeof sent === "string") {
    countKeyActivity(access, { rejected: 1 });
    countRejectedField("events");
    return invalidResponse(sent, [{ field: "events", message: sent }]);
  }
  const { events, rejected } = parseAll(sent);
  const outcome = events.length > 0 ? await recordEvents(access, events) : [];
  if (rejected.length > 0) countKeyActivity(access, { rejected: rejected.length });
  const accepted = outcome.filter(Boolean).length;
  return jsonResponse(
    200,
    { status: "success", accepted, duplicates: outcome.length - accepted, rejected },
    headers,
  );
}

/** The list of events in a body, or what is wrong with the body. */
function eventsOf(body: unknown): unknown[] | string {
  const isWrapped =
    typeof body === "object" && body !== null && !Array.isArray(body) && Object.hasOwn(body, "events");
  const events: unknown = isWrapped ? (body as { events: unknown }).events : body;
  if (!Array.isArray(events))
    return 'The body must be a list of events or an object with a list named "events"';
  if (events.length === 0) return "The list of events is empty";
  if (events.length > MAX_EVENTS) return `At most ${MAX_EVENTS} events may be sent at once`;
  return events;
}

function parseAll(sent: readonly unknown[]): { events: WireEvent[]; rejected: Rejected[] } {
  const now = Date.now();
  const events: WireEvent[] = [];
  const rejected: Rejected[] = [];
  sent.forEach((value, index) => {
    const parsed = parseWireEvent(value, now);
    if (parsed.ok) events.push(parsed.event);
    else {
      const message = parsed.errors.map((error) => error.message).join("; ");
      const field = parsed.errors[0]?.field ?? "";
      countRejectedField(field);
      rejected.push({ index, message, field });
    }
  });
  return { events, rejected };
}
