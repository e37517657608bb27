import { auditChanges, type AuditChange } from "@/lib/domain/audit-actions";
import type { Reader } from "@/lib/domain/text";
import { findTargetPlaces, type TrailReader } from "@/lib/services/audit/target-places";
import type { AuditEntry } from "@/lib/services/audit/read-audit";
import { auditWords, type AuditWords } from "./audit-words";
import { getReader } from "./texts/words";

/** A row of the trail in the reader's words. Browsers get these alone and none of the words for all actions. */
export interface AuditLine
  extends Omit<AuditEntry, "actorUserId" | "before" | "after" | "targetType" | "targetId">, AuditWords {
  /** Where it is shown; null for what is gone, has no page, or is not for the reader. */
  targetHref: string | null;
  changes: AuditChange[];
}

/** The rows for one who reads the trail, with links that lead nowhere the person may not go. */
export async function auditLines(entries: readonly AuditEntry[], viewer: TrailReader): Promise<AuditLine[]> {
  const [reader, places] = await Promise.all([getReader(), findTargetPlaces(viewer, entries)]);
  return entries.map((entry) => auditLine(entry, reader, places.get(entry.seq) ?? null));
}

function auditLine(entry: AuditEntry, reader: Reader, targetHref: string | null): AuditLine {
  const { actorUserId: _, before, after, targetType: _type, targetId: _id, ...shown } = entry;
  return { ...shown, ...auditWords(entry, reader), targetHref, changes: auditChanges(before, after, reader) };
}
