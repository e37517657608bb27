import { failureReasonWords } from "../failure-reasons";
import { FAILURE_KINDS } from "./kinds";
import type { EventRow } from "./event-row";
import { logonTypeWords } from "./logon-types";

type Facts = Pick<EventRow, "kind" | "status" | "subStatus" | "sourceIp" | "localIp" | "logonType">;

/** The address a failure came from: the one that Windows names, else the computer's own; null if neither is known. */
export function failureSource({ sourceIp, localIp }: Pick<EventRow, "sourceIp" | "localIp">): string | null {
  const named = sourceIp?.trim() ?? "";
  return named === "" || named === "-" ? localIp : named;
}

/**
 * An event in a few words besides its kind: `The password was wrong, from 203.0.113.9, over the network` of a failure,
 * `Remote Desktop` of a logon; empty when there is nothing to say.
 */
export function eventFacts(event: Facts): string {
  const type = event.logonType === null ? [] : [logonTypeWords(event.logonType)];
  if (!FAILURE_KINDS.has(event.kind)) return type.join("");
  const source = failureSource(event);
  const reason = failureReasonWords(event.kind === "lockout", event.status ?? "", event.subStatus ?? "");
  return [reason, ...(source === null ? [] : [`from ${source}`]), ...type.map(uncapitalized)].join(", ");
}

function uncapitalized(words: string): string {
  return words.startsWith("Remote Desktop") ? words : `${words.slice(0, 1).toLowerCase()}${words.slice(1)}`;
}
