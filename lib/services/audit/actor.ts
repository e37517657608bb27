import type { NoUserActor } from "@/lib/domain/audit-names";

/** Who did it and from where, as the audit trail keeps it. */
export interface AuditActor {
  actorUserId: number | null;
  actorName: string | null;
  /** Client address; null for the server itself and the command line. */
  address: string | null;
  requestId?: string | null;
  /** Of the request; for notices to the person, not for the trail. */
  userAgent?: string | null;
}

/** The server acting for its operator: first start, command line, scheduled jobs. */
export function operatorActor(name: Exclude<NoUserActor, "unsubscribe link">): AuditActor {
  return { actorUserId: null, actorName: name, address: null };
}
