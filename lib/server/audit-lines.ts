import {
  auditActionText,
  auditActorText,
  auditChanges,
  auditChangeText,
  auditOutcomeText,
  auditTargetText,
  type AuditChange,
} from "@/lib/domain/audit-actions";
import { wordText, type Reader } from "@/lib/domain/text";
import { storedRuleTitle } from "@/lib/stored-text";
import { findTargetPlaces, type TrailReader } from "@/lib/services/audit/target-places";
import type { AuditEntry } from "@/lib/services/audit/read-audit";
import { getReader } from "./texts/words";

/** A row of the trail in the reader's words. Browsers get these alone and none of the words for all actions. */
export interface AuditLine extends Omit<
  AuditEntry,
  "actorUserId" | "before" | "after" | "targetType" | "targetId"
> {
  actionText: string;
  outcomeText: string;
  /** "User 7"; null for an action about nothing in particular. */
  target: string | null;
  /** Where it is shown; null for what is gone, has no page, or is not for the reader. */
  targetHref: string | null;
  changes: AuditChange[];
  /** The changes in one line. */
  changeText: string;
}

/** The rows for one who reads the trail, with links that lead nowhere the person may not go. */
export async function auditLines(entries: readonly AuditEntry[], viewer: TrailReader): Promise<AuditLine[]> {
  const [reader, places] = await Promise.all([getReader(), findTargetPlaces(viewer, entries)]);
  return entries.map((entry) => auditLine(entry, reader, places.get(entry.seq) ?? null));
}

function auditLine(
  { actorUserId, before, after, targetType, targetId, ...entry }: AuditEntry,
  reader: Reader,
  targetHref: string | null,
): AuditLine {
  const { targetName } = entry;
  const actor = auditActorText(actorUserId, entry.actorName);
  const isOfRule = targetType === "rule" || targetType === "alert";
  return {
    ...entry,
    actorName: actor && wordText(actor, reader),
    actionText: wordText(auditActionText(entry.action), reader),
    outcomeText: wordText(auditOutcomeText(entry.outcome), reader),
    targetName:
      targetName === null
        ? sessionName(targetType, entry.actorName, reader)
        : wordText(isOfRule ? storedRuleTitle(targetName) : targetName, reader),
    targetHref,
    target: targetType && wordText(auditTargetText(targetType, targetId), reader),
    changes: auditChanges(before, after, reader),
    changeText: auditChangeText(before, after, reader),
  };
}

/** Everybody acts on own sessions only; the details show the id. */
function sessionName(targetType: string | null, person: string | null, reader: Reader): string | null {
  if (targetType !== "session" || person === null) return null;
  return wordText({ key: "audit.sessionOf", values: { person } }, reader);
}
