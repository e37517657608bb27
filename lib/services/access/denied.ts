import type { Actor } from "@/lib/domain/actor";
import { can, type PermissionAction, type PermissionTarget } from "@/lib/domain/permissions";
import { AppError } from "@/lib/errors";

/** What was tried, for the audit row of a refusal. */
export interface DeniedAttempt {
  action: string;
  /** The company whose trail shows it; null for the portal's own, and for companies the actor cannot see. */
  companyId: number | null;
  targetType?: string;
  targetId?: string | number;
}

/** A refusal by the permission rules. Its adapter writes the audit row, since the service's transaction is undone. */
export class AccessDenied extends AppError {
  constructor(
    code: "forbidden" | "not_found",
    readonly attempt: DeniedAttempt,
  ) {
    super(code, code === "forbidden" ? "Your role does not allow this." : "There is no such thing.");
  }
}

/** Recognises it across the two bundles, as isAppError does. */
export function deniedAttemptOf(error: unknown): DeniedAttempt | null {
  return error instanceof Error && "attempt" in error ? (error as AccessDenied).attempt : null;
}

/** @throws AccessDenied `forbidden` unless the rules allow the action on the target. */
export function assertCan(
  actor: Actor,
  action: PermissionAction,
  target: PermissionTarget,
  attempt: Partial<DeniedAttempt> = {},
): void {
  if (can(actor, action, target)) return;
  throw new AccessDenied("forbidden", { action, companyId: null, ...attempt });
}
