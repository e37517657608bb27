import { parseWireEvent } from "@/lib/domain/events/wire";
import { countRejectedField } from "@/lib/metrics";
import { countKeyActivity } from "@/lib/services/events/activity";
import { recordEvents } from "@/lib/services/events/record-events";
import { authoriseAgent } from "./authorise";
import { readJson } from "./body";
import { invalidResponse, jsonResponse } from "./respond";
import type { AgentRequest, AgentResponse } from "./types";

const MAX_BODY_BYTES = 64 * 1024;

/** `POST /api/log_event`: one event, answered only after its commit. */
export async function logEvent(request: AgentRequest): Promise<AgentResponse> {
  const judged = authoriseAgent(request);
  // Awaited only when there is something to wait for: each promise costs a busy server processor time.
  const authorised = judged instanceof Promise ? await judged : judged;
  if ("refusal" in authorised) return authorised.refusal;
  const { access, headers } = authorised;
  const parsed = parseWireEvent(await readJson(request, access.key.id, MAX_BODY_BYTES), Date.now());
  if (!parsed.ok) {
    countKeyActivity(access, { rejected: 1 });
    countRejectedField(parsed.errors[0]?.field);
    return invalidResponse(parsed.errors.map((error) => error.message).join("; "), parsed.errors);
  }
  const [isNew] = await recordEvents(access, [parsed.event]);
  return isNew
    ? jsonResponse(201, { message: "Event logged successfully", status: "success" }, headers)
    : jsonResponse(200, { message: "Event already recorded", status: "success" }, headers);
}
