import { classifyEventType, KIND_CODE, type EventKind } from "./kinds";
import { parseTimestamp } from "./timestamps";
import { cutToCodePoints, findTextProblem, trimWhiteSpace, withoutUnstorable } from "./wire-text";

/** One event as an agent sent it, checked and normalised; texts are free of control characters. */
export interface WireEvent {
  kind: EventKind;
  kindCode: number;
  /** As sent, trimmed. */
  eventType: string;
  userName: string;
  /** {@link nameKey} of the name. */
  userKey: string;
  computerName: string;
  computerKey: string;
  /** Epoch milliseconds. */
  occurredAt: number;
  /** More than 5 minutes ahead of the server. */
  isClockSkewed: boolean;
  localIp: string | null;
  publicIp: string | null;
  sourceIp: string | null;
  /** 0 to 32767. */
  retry: number;
  agentEventId: string | null;
  logonType: number | null;
  status: string | null;
  subStatus: string | null;
  sessionId: string | null;
  agentVersion: string | null;
}

/** `field` is the wire's name; empty when the event as a whole is at fault. */
export interface FieldError {
  field: string;
  message: string;
}

export type WireResult = { ok: true; event: WireEvent } | { ok: false; errors: FieldError[] };

export const NAME_LENGTH_LIMIT = 255;
export const EVENT_ID_LENGTH_LIMIT = 100;
const TEXT_LENGTH_LIMIT = 255;
const SMALL_INTEGER_MAX = 32_767;
const SMALL_INTEGER_MIN = -32_768;

type Fields = Record<string, unknown>;

function own(fields: Fields, field: string): unknown {
  return Object.hasOwn(fields, field) ? fields[field] : undefined;
}

/**
 * The identity of an account's or computer's name within a company: equal for names that differ only in case
 * or in how their accents are encoded. Up to three times as long as the name.
 */
export function nameKey(name: string): string {
  // Plain ASCII, nearly every name: lower case is all there is to do.
  if (!/[^ -~]/.test(name)) return name.toLowerCase();
  return name.normalize("NFC").toLowerCase().replaceAll("ς", "σ").normalize("NFC");
}

function describeProblem(field: string, text: string, limit: number): string | null {
  const problem = findTextProblem(text, limit);
  if (problem === null) return null;
  if (problem === "too long") return `${field} must be at most ${limit} characters`;
  if (problem === "control character") return `${field} must not contain control characters`;
  return `${field} must be well-formed Unicode text`;
}

function readName(fields: Fields, field: string, errors: FieldError[]): string {
  const value = own(fields, field);
  if (typeof value !== "string") {
    errors.push({ field, message: value == null ? `${field} is required` : `${field} must be text` });
    return "";
  }
  const name = trimWhiteSpace(value);
  const message = name === "" ? `${field} is required` : describeProblem(field, name, NAME_LENGTH_LIMIT);
  if (message !== null) errors.push({ field, message });
  return name;
}

function readTimestamp(
  fields: Fields,
  now: Date | number,
  errors: FieldError[],
): { at: number; isSkewed: boolean } {
  const result = parseTimestamp(own(fields, "Timestamp"), now);
  if (result.ok) return result;
  errors.push({ field: "Timestamp", message: result.message });
  return { at: 0, isSkewed: false };
}

/** An address is never a reason to refuse an event: what cannot be stored is dropped, the rest kept as sent. */
function readAddress(fields: Fields, field: string): string | null {
  const value = own(fields, field);
  if (typeof value !== "string" && !Number.isFinite(value)) return null;
  const text = withoutUnstorable(String(value));
  return trimWhiteSpace(text) === "" ? null : cutToCodePoints(text, TEXT_LENGTH_LIMIT);
}

const FALSE_TEXT = /^(?:false|no|)$/i;

/** A count is kept, up to 32767; anything else is 0 or 1 by whether it means yes. */
function readRetry(value: unknown): number {
  if (value == null) return 0;
  if (typeof value === "string") {
    const text = trimWhiteSpace(value);
    if (/^[0-9]+$/.test(text)) return Math.min(Number(text), SMALL_INTEGER_MAX);
    return FALSE_TEXT.test(text) ? 0 : 1;
  }
  if (typeof value === "number" && value > 0 && Number.isInteger(value))
    return Math.min(value, SMALL_INTEGER_MAX);
  return value ? 1 : 0;
}

function readEventId(fields: Fields, errors: FieldError[]): string | null {
  const field = "EventId";
  const value = own(fields, field);
  if (value == null) return null;
  if (typeof value !== "string" && !Number.isSafeInteger(value)) {
    // Beyond 2^53 JSON numbers lose digits, and two different events would look like the same one.
    errors.push({ field, message: `${field} must be text or a whole number below 2^53` });
    return null;
  }
  const text = trimWhiteSpace(String(value));
  const message = describeProblem(field, text, EVENT_ID_LENGTH_LIMIT);
  if (message !== null) errors.push({ field, message });
  return text || null;
}

function readLogonType(fields: Fields, errors: FieldError[]): number | null {
  const field = "LogonType";
  const value = own(fields, field);
  if (value == null) return null;
  let number = NaN;
  if (typeof value === "number") number = value;
  if (typeof value === "string") {
    const text = trimWhiteSpace(value);
    if (text === "") return null;
    if (/^-?[0-9]+$/.test(text)) number = Number(text);
  }
  if (Number.isInteger(number) && number >= SMALL_INTEGER_MIN && number <= SMALL_INTEGER_MAX) {
    return number + 0; // -0 is 0
  }
  errors.push({
    field,
    message: `${field} must be a whole number from ${SMALL_INTEGER_MIN} to ${SMALL_INTEGER_MAX}`,
  });
  return null;
}

function readDetail(fields: Fields, field: string, errors: FieldError[]): string | null {
  const value = own(fields, field);
  if (value == null) return null;
  if (typeof value !== "string" && !Number.isFinite(value)) {
    errors.push({ field, message: `${field} must be text or a number` });
    return null;
  }
  const text = trimWhiteSpace(withoutUnstorable(String(value)));
  const message = describeProblem(field, text, TEXT_LENGTH_LIMIT);
  if (message !== null) errors.push({ field, message });
  return text || null;
}

/**
 * Checks one event of the agent API; `value` is what JSON.parse gave, `now` the server's clock.
 *
 * Reports every bad field, in the order of the contract. Unknown fields are ignored and only own properties
 * are read. Written by hand because every event of every agent passes through it.
 */
export function parseWireEvent(value: unknown, now: Date | number): WireResult {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { ok: false, errors: [{ field: "", message: "The event must be a JSON object" }] };
  }
  const fields = value as Fields;
  const errors: FieldError[] = [];
  const eventType = readName(fields, "EventType", errors);
  const userName = readName(fields, "UserName", errors);
  const computerName = readName(fields, "ComputerName", errors);
  const { at, isSkewed } = readTimestamp(fields, now, errors);
  const agentEventId = readEventId(fields, errors);
  const logonType = readLogonType(fields, errors);
  const status = readDetail(fields, "Status", errors);
  const subStatus = readDetail(fields, "SubStatus", errors);
  const sessionId = readDetail(fields, "SessionId", errors);
  const agentVersion = readDetail(fields, "AgentVersion", errors);
  if (errors.length > 0) return { ok: false, errors };
  const kind = classifyEventType(eventType);
  return {
    ok: true,
    event: {
      kind,
      kindCode: KIND_CODE[kind],
      eventType,
      userName,
      userKey: nameKey(userName),
      computerName,
      computerKey: nameKey(computerName),
      occurredAt: at,
      isClockSkewed: isSkewed,
      localIp: readAddress(fields, "LocalIP") ?? readAddress(fields, "IPAddress"),
      publicIp: readAddress(fields, "PublicIP"),
      sourceIp: readAddress(fields, "SourceIP"),
      retry: readRetry(own(fields, "retry")),
      agentEventId,
      logonType,
      status,
      subStatus,
      sessionId,
      agentVersion,
    },
  };
}
