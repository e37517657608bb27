import type { GroupRules } from "./grouping";
import type { MessageReason } from "./message";
import { quietUntil } from "./quiet-hours";
import type { Severity } from "./severity";

/** A message that is made and not yet sent. */
export interface UnsentMessage {
  reason: MessageReason;
  severity: Severity;
  /** A user asked to have it sent again. */
  isReplayed: boolean;
}

/**
 * Until when a message must not be sent, epoch milliseconds; null when it may be sent now.
 *
 * A pause holds back everything but tests. Quiet hours hold back what is not critical, reminders, and retries of both:
 * what could not be sent in the evening must not arrive at night. A replay, which a user waits for, ignores them.
 */
export function heldBackUntil(
  { reason, severity, isReplayed }: UnsentMessage,
  { pausedUntil, quiet, zone }: Pick<GroupRules, "pausedUntil" | "quiet" | "zone">,
  now: number,
): number | null {
  if (reason === "test") return null;
  const pauseEnd = pausedUntil !== null && pausedUntil > now ? pausedUntil : null;
  const isUrgent = isReplayed || (severity === "critical" && reason !== "reminder");
  const quietEnd = isUrgent ? null : quietUntil(pauseEnd ?? now, quiet, zone);
  return quietEnd ?? pauseEnd;
}
