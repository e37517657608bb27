import {
  auditActionText,
  auditActorText,
  auditChangeText,
  auditOutcomeText,
  auditTargetText,
} from "@/lib/domain/audit-actions";
import { wordText, type Reader } from "@/lib/domain/text";
import type { AuditEntry } from "@/lib/services/audit/read-audit";
import { storedRuleTitle } from "@/lib/stored-text";

/** What a person reads of an entry of the trail, on screens and on paper. */
export interface AuditWords {
  actorName: string | null;
  actionText: string;
  outcomeText: string;
  targetName: string | null;
  /** "User 7"; null for an action about nothing in particular. */
  target: string | null;
  /** The changes in one line. */
  changeText: string;
}

/** An entry in the reader's words. */
export function auditWords(
  { actorUserId, actorName, action, outcome, targetType, targetId, targetName, before, after }: AuditEntry,
  reader: Reader,
): AuditWords {
  const actor = auditActorText(actorUserId, actorName);
  const isOfRule = targetType === "rule" || targetType === "alert";
  return {
    actorName: actor && wordText(actor, reader),
    actionText: wordText(auditActionText(action), reader),
    outcomeText: wordText(auditOutcomeText(outcome), reader),
    targetName:
      targetName === null
        ? sessionName(targetType, actorName, reader)
        : wordText(isOfRule ? storedRuleTitle(targetName) : targetName, reader),
    target: targetType && wordText(auditTargetText(targetType, targetId), reader),
    changeText: auditChangeText(before, after, reader),
  };
}

/** Everybody acts on own sessions only; the details show the id. */
function sessionName(targetType: string | null, person: string | null, reader: Reader): string | null {
  if (targetType !== "session" || person === null) return null;
  return wordText({ key: "audit.sessionOf", values: { person } }, reader);
}
