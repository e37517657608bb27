import type { Actor } from "@/lib/domain/actor";
import { cutToCodePoints, withoutUnstorable } from "@/lib/domain/events/wire-text";
import { can, type Action, type ActionTarget, type TargetArgument } from "@/lib/domain/permissions";
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
    super(code, { key: code === "forbidden" ? "errors.forbidden" : "errors.notFound" });
  }
}

const MOST_REFERENCE = 20;

/** The refusal of a company that the actor may not see or that doesn't exist, by what an address or a form calls it. */
export function unseenCompany(action: string, companyRef: string): AccessDenied {
  // Any text, and the trail must hold it as it is counted into its chain.
  const targetId = cutToCodePoints(withoutUnstorable(companyRef), MOST_REFERENCE);
  return new AccessDenied("not_found", { action, companyId: null, targetType: "company", targetId });
}

/** Recognises it across the two bundles, as isAppError does. */
export function deniedAttemptOf(error: unknown): DeniedAttempt | null {
  return error instanceof Error && "attempt" in error ? (error as AccessDenied).attempt : null;
}

/** @throws AccessDenied `forbidden` unless the rules allow the action on the target. */
export function assertCan<A extends Action>(actor: Actor, action: A, ...[target]: TargetArgument<A>): void {
  // The tuple is spread again, because TypeScript cannot tell that the two conditional types are one.
  if (can(actor, action, ...([target] as TargetArgument<A>))) return;
  throw new AccessDenied("forbidden", { action, ...describe(target) });
}

function describe(target: ActionTarget<Action>): Omit<DeniedAttempt, "action"> {
  if (!target) return { companyId: null };
  const companyId = "companyId" in target ? target.companyId : null;
  const user = "user" in target ? target.user : "globalRole" in target ? target : null;
  if (user) return { companyId, targetType: "user", ...(user.userId !== null && { targetId: user.userId }) };
  return { companyId };
}
