import { LRUCache } from "lru-cache";
import { database } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import type { AuditActor } from "../audit/actor";
import type { DeniedAttempt } from "./denied";

const WINDOW_MILLISECONDS = 60_000;
const ROWS_PER_WINDOW = 30;

// Walking through ids must not be a way to flood the trail, so each user leaves so many refusals a minute.
const recent = new LRUCache<string, { rows: number }>({ max: 10_000, ttl: WINDOW_MILLISECONDS });

/** Writes the audit row of a refused access; at most 30 a minute for one user and server. */
export async function recordDenied(audit: AuditActor, attempt: DeniedAttempt): Promise<void> {
  const key = String(audit.actorUserId ?? audit.address);
  const counted = recent.get(key) ?? { rows: 0 };
  if (counted.rows === 0) recent.set(key, counted);
  counted.rows += 1;
  if (counted.rows > ROWS_PER_WINDOW) return;
  await database().transaction((tx) => insertAuditRow(tx, { ...audit, ...attempt, outcome: "denied" }));
}
