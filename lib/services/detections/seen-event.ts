import type { FollowedEvent } from "@/db/queries/detections/follow-events";
import type { SeenEvent } from "@/lib/domain/detections/rule";
import { kindFromCode, START_KINDS } from "@/lib/domain/events/kinds";
import { failureCodes } from "@/lib/domain/failure-reasons";
import { publicAddressOf } from "./country-of";

/** A stored event as rules see it. Only starts of sessions have a public address: rules use no other. */
export function seenEvent(row: FollowedEvent): SeenEvent {
  const { kind: code, status, subStatus, publicIp, sourceIp, ...event } = row;
  const kind = kindFromCode(code);
  const publicAddress = START_KINDS.has(kind)
    ? (publicAddressOf(sourceIp) ?? publicAddressOf(publicIp))
    : null;
  return { ...event, publicAddress, kind, codes: failureCodes(status, subStatus) };
}
