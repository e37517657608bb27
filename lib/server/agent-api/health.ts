import type { KeyAccess } from "@/lib/services/api-keys/find-key";
import { checkDatabaseTogether } from "@/lib/services/health/check-database";
import { readHealthReport } from "@/lib/domain/events/health-report";
import { formatOffsetIso, type IanaZone } from "@/lib/domain/zones";
import { env } from "@/lib/env";
import { isAppError, isDatabaseOutage } from "@/lib/errors";
import { logger } from "@/lib/logger";
import { readAgentBinary } from "@/lib/services/agent-package/read-agent-binary";
import { countKeyActivity, markComputerSeen } from "@/lib/services/events/activity";
import { readSettings } from "@/lib/services/settings/read-settings";
import { authoriseAgent } from "./authorise";
import { readJson } from "./body";
import { jsonResponse } from "./respond";
import type { AgentRequest, AgentResponse } from "./types";

const MAX_BODY_BYTES = 64 * 1024;

/** `GET /api/health`: the process is alive. Needs no key, asks no database and tells nothing of tenants. */
export async function liveness(): Promise<AgentResponse> {
  return jsonResponse(200, { status: "ok", message: "Alive" });
}

/** Says which version of the agent this portal hands out, so that an agent can tell that it is out of date. */
const AGENT_VERSION_HEADER = "X-Agent-Version";

/**
 * `POST /api/health`: the key is good and the database answers; marks the computer it names as seen.
 *
 * The version on offer stands in a header, because the body is the contract's and agents of the original read it.
 */
export async function health(request: AgentRequest): Promise<AgentResponse> {
  try {
    const authorised = await authoriseAgent(request);
    if ("refusal" in authorised) return authorised.refusal;
    const { access, headers } = authorised;
    const [{ timeZone }] = await Promise.all([readSettings(), checkDatabaseTogether()]);
    await noteComputer(request, access);
    countKeyActivity(access, { isHealthCheck: true });
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
      { ...headers, ...(await versionHeader()) },
    );
  } catch (error) {
    if (!isDatabaseOutage(error)) throw error;
    return unavailable();
  }
}

async function versionHeader(): Promise<Record<string, string>> {
  try {
    const version = (await readAgentBinary())?.version;
    return version ? { [AGENT_VERSION_HEADER]: version } : {};
  } catch (error) {
    // An unreadable folder is a matter for the operator and no reason to tell an agent that it is unwell.
    logger.warn({ err: error }, "Can't read the offered agent");
    return {};
  }
}

function unavailable(): AgentResponse {
  const timestamp = formatOffsetIso(Date.now(), env().TIMEZONE);
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
    body = await readJson(request, access.key.id, MAX_BODY_BYTES);
  } catch (error) {
    // Whatever stopped it, other than what the body says.
    if (!isAppError(error) || error.code !== "invalid") throw error;
    return;
  }
  const now = Date.now();
  const report = readHealthReport(body, now);
  if (!report) return;
  markComputerSeen({
    scope: access.scope,
    siteId: access.key.siteId,
    ...report,
    firstAt: now,
    lastAt: now,
    healthAt: now,
  });
}
