import { createHash } from "node:crypto";
import type { WireEvent } from "@/lib/domain/events/wire";

/**
 * 128 bits of SHA-256 over what makes two events of a company the same (DOMAIN §3): the instant with the agent's
 * own id when it sent one, else with raw type, account, computer and local address. No part holds a NUL.
 */
export function fingerprintOf(event: WireEvent): string {
  const parts =
    event.agentEventId === null
      ? ["n", event.occurredAt, event.eventType, event.userKey, event.computerKey, event.localIp ?? ""]
      : ["i", event.occurredAt, event.agentEventId];
  return createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 32);
}
