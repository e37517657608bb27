import type { KeyAccess } from "@/db/scope";
import { checkDatabase } from "@/lib/services/health/check-database";
import { NAME_LENGTH_LIMIT, nameKey } from "@/lib/domain/events/wire";
import { findTextProblem, trimWhiteSpace } from "@/lib/domain/events/wire-text";
import { formatOffsetIso, type IanaZone } from "@/lib/domain/zones";
import { env } from "@/lib/env";
import { isDatabaseOutage } from "@/lib/errors";
import { markComputerSeen } from "@/lib/services/events/activity";
import { readSettings } from "@/lib/services/settings/read-settings";
import { authoriseAgent } from "./authorise";
import { readJson } from "./body";
import { jsonResponse } from "./respond";
import { BodyTooLarge, type AgentRequest, type AgentResponse } from "./types";

const MAX_BODY_BYTES = 64 * 1024;

/** `GET /api/health`: the process is alive. Needs no key, asks no database and tells nothing of tenants. */
export async function liveness(): Promise<AgentResponse> {
  return jsonResponse(200, { status: "ok", message: "Alive" });
}

/** `POST /api/health`: the key is good and the database answers; marks the computer it names as seen. */
export async function health(request: AgentRequest): Promise<AgentResponse> {
  try {
    const authorised = await authoriseAgent(request);
    if ("refusal" in authorised) return authorised.refusal;
    const { access, headers } = authorised;
    const [{ timeZone }] = await Promise.all([readSettings(), checkDatabase()]);
    await noteComputer(request, access);
    return jsonResponse(
      200,
      {
        status: "ok",
        message: "Health check passed",
        timestamp: formatOffsetIso(Date.now(), timeZone as IanaZone),
        database: "connected",
        api_key_verified: true,
        company_id: access.scope.companyId,
      },
      headers,
    );
  } catch (error) {
    if (!isDatabaseOutage(error)) throw error;
    return unavailable();
  }
}

function unavailable(): AgentResponse {
  const timestamp = formatOffsetIso(Date.now(), env().TIMEZONE as IanaZone);
  return jsonResponse(
    503,
    { status: "error", message: "The database cannot be reached", timestamp, database: "disconnected" },
    { "Retry-After": "5" },
  );
}

/** The original's agents send no body or one of their own making, so whatever cannot be read is passed over. */
async function noteComputer(request: AgentRequest, access: KeyAccess): Promise<void> {
  let body: unknown;
  try {
    body = await readJson(request, MAX_BODY_BYTES);
  } catch (error) {
    if (error instanceof BodyTooLarge) throw error;
    return;
  }
  const name = textField(body, "ComputerName");
  if (!name) return;
  const now = Date.now();
  markComputerSeen({
    scope: access.scope,
    siteId: access.key.siteId,
    name,
    nameKey: nameKey(name),
    firstAt: now,
    lastAt: now,
    healthAt: now,
    localIp: null,
    publicIp: null,
    agentVersion: textField(body, "AgentVersion"),
    spoolLength: countField(body, "SpoolLength"),
    clockSkewMs: null,
  });
}

function field(body: unknown, name: string): unknown {
  return typeof body === "object" && body !== null && Object.hasOwn(body, name)
    ? (body as Record<string, unknown>)[name]
    : undefined;
}

function textField(body: unknown, name: string): string | null {
  const value = field(body, name);
  if (typeof value !== "string") return null;
  const text = trimWhiteSpace(value);
  return text !== "" && findTextProblem(text, NAME_LENGTH_LIMIT) === null ? text : null;
}

function countField(body: unknown, name: string): number | null {
  const value = field(body, name);
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 2 ** 31 ? value : null;
}
