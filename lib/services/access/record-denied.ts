import { LRUCache } from "lru-cache";
import { database } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import type { AuditActor } from "../audit/actor";
import type { DeniedAttempt } from "./denied";

const WINDOW_MILLISECONDS = 60_000;
const ROWS_PER_WINDOW = 30;

// Trying out ids must not flood the audit trail, so refusals are limited per user and minute.
const recent = new LRUCache<string, { rows: number }>({ max: 10_000, ttl: WINDOW_MILLISECONDS });

/** A page is guarded where it is drawn and where its title is made: that is one visit, as is what a browser repeats. */
const VISIT_MILLISECONDS = 5_000;
const visits = new LRUCache<string, true>({ max: 10_000, ttl: VISIT_MILLISECONDS });

/**
 * Writes the audit row of a refused access: one for the same thing refused again within five seconds, or within
 * `visitMilliseconds` for what a page left open asks for by itself, and at most 30 a minute for one user and server.
 */
export async function recordDenied(
  audit: AuditActor,
  attempt: DeniedAttempt,
  visitMilliseconds: number = VISIT_MILLISECONDS,
): Promise<void> {
  const key = String(audit.actorUserId ?? audit.address);
  const visit = JSON.stringify([
    key,
    attempt.action,
    attempt.companyId,
    attempt.targetType,
    attempt.targetId,
    visitMilliseconds,
  ]);
  if (visits.has(visit)) return;
  visits.set(visit, true, { ttl: visitMilliseconds });
  const counted = recent.get(key) ?? { rows: 0 };
  if (counted.rows === 0) recent.set(key, counted);
  counted.rows += 1;
  if (counted.rows > ROWS_PER_WINDOW) return;
  await database().transaction((tx) => insertAuditRow(tx, { ...audit, ...attempt, outcome: "denied" }));
}
