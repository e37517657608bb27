import { NAME_LENGTH_LIMIT, parseWireEvent, type WireEvent } from "../events/wire";
import { textOf, tidyLine, type SourceRow } from "./stored-value";

export type OriginalEvent =
  /** `isTidied`: a name was cut or lost its control characters. */
  { ok: true; event: WireEvent; isTidied: boolean } | { ok: false; reason: string };

const EARLIEST_AT = Date.UTC(2000, 0, 1);

/**
 * A row of the original's `api_logs` as an event that happened at `at` (epoch milliseconds), under the rules for
 * events of agents.
 *
 * The original kept names longer than 255 characters and with control characters; those are tidied, since an event
 * under a shortened name is worth more than none. What is refused as from an agent: an empty name, a time before
 * 2000 or more than a day after `now`.
 */
export function readOriginalEvent(row: SourceRow, at: number, now: number): OriginalEvent {
  if (at < EARLIEST_AT) return { ok: false, reason: "its time is before 2000-01-01" };
  const fields: Record<string, unknown> = {
    Timestamp: at,
    LocalIP: textOf(row.local_ip),
    PublicIP: textOf(row.public_ip),
    IPAddress: textOf(row.ip_address),
    retry: typeof row.retry === "bigint" ? Number(row.retry) : row.retry,
  };
  let isTidied = false;
  for (const [field, column] of NAMES) {
    const stored = textOf(row[column]) ?? "";
    const tidy = NEEDS_TIDYING.test(stored) ? tidyLine(stored, NAME_LENGTH_LIMIT) : stored;
    isTidied ||= tidy !== stored && tidy !== stored.trim();
    fields[field] = tidy;
  }
  const parsed = parseWireEvent(fields, now);
  if (parsed.ok) return { ok: true, event: parsed.event, isTidied };
  return { ok: false, reason: reasonOf(parsed.errors[0]!) };
}

const NAMES = [
  ["EventType", "event_type"],
  ["UserName", "user_name"],
  ["ComputerName", "computer_name"],
] as const;

// Short, well-formed text without control characters, nearly all of it, goes through untouched.
const NEEDS_TIDYING = /[\p{Cc}\p{Cs}]|^.{256}/su;

function reasonOf({ field, message }: { field: string; message: string }): string {
  const name = NAMES.find(([wire]) => wire === field)?.[1];
  if (name) return `its ${name} is empty`;
  return message.includes("future") ? "its time is more than a day in the future" : message;
}
