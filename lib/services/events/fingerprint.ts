import type { WireEvent } from "@/lib/domain/events/wire";
import { sha256Hex } from "@/lib/sha256";

/**
 * 128 bits of SHA-256 over what makes two events of a company the same (docs/domain.md, section 3): the instant with the agent's
 * own id when it sent one, else with raw type, account, computer and local address. No part holds a NUL.
 */
export function fingerprintOf(event: WireEvent): string {
  const parts =
    event.agentEventId === null
      ? `n\0${event.occurredAt}\0${event.eventType}\0${event.userKey}\0${event.computerKey}\0${event.localIp ?? ""}`
      : `i\0${event.occurredAt}\0${event.agentEventId}`;
  return sha256Hex(parts).slice(0, 32);
}
