import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";

export interface AuditRow {
  /** null: concerns the portal, not one company. */
  companyId: number | null;
  actorUserId: number | null;
  actorName: string | null;
  action: string;
  /** "success" unless said. */
  outcome?: "success" | "failure" | "denied";
  targetType?: string;
  targetId?: string | number;
  targetName?: string;
  address: string | null;
  requestId?: string | null;
  before?: object | null;
  after?: object | null;
}

/** Appends to the audit trail inside the caller's transaction; a trigger numbers and chains the row. */
export async function insertAuditRow(tx: Transaction, row: AuditRow): Promise<void> {
  const json = (value: object | null | undefined) => (value ? JSON.stringify(value) : null);
  await tx.execute(sql`
    insert into audit_log (company_id, actor_user_id, actor_name, action, outcome, target_type, target_id, target_name,
      address, request_id, before, after, seq, at, prev_hash, hash)
    values (${row.companyId}, ${row.actorUserId}, ${row.actorName}, ${row.action}, ${row.outcome ?? "success"},
      ${row.targetType ?? null}, ${row.targetId === undefined ? null : String(row.targetId)}, ${row.targetName ?? null},
      ${row.address}, ${row.requestId ?? null}, ${json(row.before)}::jsonb, ${json(row.after)}::jsonb, 0, now(), '', '')`);
}
