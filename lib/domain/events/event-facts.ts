import { reasonName, reasonText } from "../failure-reasons";
import type { Text } from "../text";
import { FAILURE_KINDS } from "./kinds";
import type { EventRow } from "./event-row";
import { logonTypeText } from "./logon-types";

type Facts = Pick<EventRow, "kind" | "status" | "subStatus" | "sourceIp" | "localIp" | "logonType">;

/** What Windows writes for "not known", and the loopback for an attempt at the computer itself, which all would share. */
export const UNNAMED_SOURCES = ["", "-", "127.0.0.1", "::1"] as const;
const UNNAMED: ReadonlySet<string> = new Set(UNNAMED_SOURCES);

/**
 * The address a failure came from, as filters and rules take it: the one that Windows names, else the computer's own;
 * null if neither is known.
 */
export function failureSource({ sourceIp, localIp }: Pick<EventRow, "sourceIp" | "localIp">): string | null {
  const named = sourceIp?.trim() ?? "";
  return UNNAMED.has(named) ? localIp : named;
}

/**
 * What an event tells besides its kind, one text each: of a failure the reason, where it came from and its logon type;
 * of a logon its type.
 */
export function eventFacts(event: Facts): (string | Text)[] {
  const type = event.logonType === null ? [] : [logonTypeText(event.logonType)];
  if (!FAILURE_KINDS.has(event.kind)) return type;
  const source = failureSource(event);
  const from: Text[] = source === null ? [] : [{ key: "failureReasons.from", values: { address: source } }];
  return [reasonText(reasonName(event.kind === "lockout", event.status, event.subStatus)), ...from, ...type];
}
