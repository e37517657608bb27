import { parseTimestamp } from "./timestamps";
import { NAME_LENGTH_LIMIT, nameKey } from "./wire";
import { cutToCodePoints, findTextProblem, trimWhiteSpace, withoutUnstorable } from "./wire-text";

/** What an agent's health check reports about its computer; null for what is missing or can't be stored. */
export interface HealthReport {
  name: string;
  nameKey: string;
  agentVersion: string | null;
  /** Events waiting on the computer. */
  spoolLength: number | null;
  /** Events a full spool has given up since the agent was installed. */
  droppedFailures: number | null;
  droppedSessions: number | null;
  localIp: string | null;
  publicIp: string | null;
  /** Milliseconds by which the agent's `Timestamp` is ahead of the server, below zero behind. */
  clockSkewMs: number | null;
}

const LARGEST_SPOOL = 2 ** 31 - 1;
/** No clock shows more; a number in its place may be anything. */
const LATEST_AT = Date.UTC(9999, 11, 31);

/**
 * Reads the body of a health check; `now` is the server's clock, epoch milliseconds.
 *
 * Null when it names no computer: agents may send any body or none, so nothing in it is ever a reason to refuse.
 */
export function readHealthReport(body: unknown, now: number): HealthReport | null {
  const name = nameField(body, "ComputerName");
  if (!name) return null;
  // Unlike an event's, this time is reported live, so one far in the future is accepted and reported.
  const sent = parseTimestamp(field(body, "Timestamp"), Infinity);
  return {
    name,
    nameKey: nameKey(name),
    agentVersion: nameField(body, "AgentVersion"),
    spoolLength: countField(body, "SpoolLength", LARGEST_SPOOL),
    droppedFailures: countField(body, "DroppedFailures", Number.MAX_SAFE_INTEGER),
    droppedSessions: countField(body, "DroppedSessions", Number.MAX_SAFE_INTEGER),
    localIp: addressField(body, "LocalIP"),
    publicIp: addressField(body, "PublicIP"),
    clockSkewMs: sent.ok && sent.at <= LATEST_AT ? sent.at - now : null,
  };
}

function field(body: unknown, name: string): unknown {
  return typeof body === "object" && body !== null && Object.hasOwn(body, name)
    ? (body as Record<string, unknown>)[name]
    : undefined;
}

function nameField(body: unknown, name: string): string | null {
  const value = field(body, name);
  if (typeof value !== "string") return null;
  const text = trimWhiteSpace(value);
  return text !== "" && findTextProblem(text, NAME_LENGTH_LIMIT) === null ? text : null;
}

function addressField(body: unknown, name: string): string | null {
  const value = field(body, name);
  if (typeof value !== "string") return null;
  return cutToCodePoints(trimWhiteSpace(withoutUnstorable(value)), NAME_LENGTH_LIMIT) || null;
}

function countField(body: unknown, name: string, max: number): number | null {
  const value = field(body, name);
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= max ? value : null;
}
