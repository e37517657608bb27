import type { FollowedEvent } from "@/db/queries/detections/follow-events";
import type { SeenEvent } from "@/lib/domain/detections/rule";
import { kindFromCode } from "@/lib/domain/events/kinds";
import { failureCodes } from "@/lib/domain/failure-reasons";

/** A stored event as rules see it. */
export function seenEvent({ kind, status, subStatus, ...event }: FollowedEvent): SeenEvent {
  return { ...event, kind: kindFromCode(kind), codes: failureCodes(status, subStatus) };
}
