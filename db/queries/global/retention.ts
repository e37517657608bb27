import { createHash } from "node:crypto";
import { sql, type SQL } from "drizzle-orm";
import { database, type Transaction } from "../../client";
import { insertAuditRow, type AuditRow } from "../audit/insert-audit-row";
import type { RetentionDays } from "@/lib/domain/operations/retention";
import { pgArray } from "../pg-array";

export interface CompanyRetention extends RetentionDays {
  id: number;
  name: string;
  timeZone: string | null;
}

/** Every company with its own retention and zone, by id. */
export async function listCompanyRetention(): Promise<CompanyRetention[]> {
  const rows = await database().execute<CompanyRetention & Record<string, unknown>>(sql`
    select id, name, time_zone as "timeZone", event_retention_days as "eventRetentionDays",
      error_retention_days as "errorRetentionDays", audit_retention_days as "auditRetentionDays"
    from app_auth_companies order by id`);
  return [...rows];
}

/** Whose rows: one company's, or the portal's own together with those of companies that are gone. */
function belongingTo(companyId: number | null): SQL {
  return companyId === null
    ? sql`(l.company_id is null or not exists (select from app_auth_companies c where c.id = l.company_id))`
    : sql`l.company_id = ${companyId}`;
}

const isOldError = (companyId: number | null, before: Date) =>
  sql`l.timestamp < ${before.toISOString()} and l.last_at < ${before.toISOString()} and ${belongingTo(companyId)}`;

/** Stored errors last seen before the instant. */
export async function countOldErrors(companyId: number | null, before: Date): Promise<number> {
  const [row] = await database().execute<{ count: number }>(
    sql`select count(*)::int as count from api_error_logs l where ${isOldError(companyId, before)}`,
  );
  return row!.count;
}

/** Deletes up to `limit` of them, oldest first; gives how many. */
export async function deleteOldErrors(
  companyId: number | null,
  before: Date,
  limit: number,
): Promise<number> {
  const old = await database().execute<{ id: number }>(sql`
    select l.id from api_error_logs l where ${isOldError(companyId, before)} order by l.timestamp limit ${limit}`);
  const gone = await database().execute(sql`
    delete from api_error_logs where id = any(${pgArray(old.map(({ id }) => id))}::int[]) returning 1`);
  return gone.length;
}

/** What the row of this action says of removed rows; `audit verify` holds them to it. */
export const AUDIT_REMOVAL_ACTION = "audit.retention";

/** A row that records a removal stays as long as its links or the chain's current base depend on it. */
function isOldAuditRow(companyId: number | null, before: Date): SQL {
  return sql`l.at < ${before.toISOString()} and ${belongingTo(companyId)}
    and not (l.action = ${AUDIT_REMOVAL_ACTION} and (
      exists (select from audit_removed r where r.removed_by = l.seq)
      or (l.after ->> 'baseSeq')::bigint = (select base_seq from audit_chain where id = 1)))`;
}

/** Audit rows before the instant, as far as the chain can do without them. */
export async function countOldAudit(companyId: number | null, before: Date): Promise<number> {
  const [row] = await database().execute<{ count: number }>(
    sql`select count(*)::int as count from audit_log l where ${isOldAuditRow(companyId, before)}`,
  );
  return row!.count;
}

interface Link {
  seq: number;
  hash: string;
}

/** The digest that the telling row holds over the links left behind: SHA-256 of `seq:hash` lines in order. */
function digestOfLinks(links: readonly Link[]): string {
  const text = links.map(({ seq, hash }) => `${seq}:${hash}`).join("\n");
  return createHash("sha256").update(text).digest("hex");
}

/**
 * Removes up to `limit` old rows of the trail, oldest first, so that the chain can still be checked; gives how many.
 *
 * A row between others that stay leaves its link (number and hash) behind; when everything up to a row is gone, the
 * chain's base moves there. One new row tells what was removed and vouches for links and base.
 */
export async function removeOldAuditRows(
  audit: Pick<AuditRow, "actorUserId" | "actorName" | "address">,
  { companyId, before, limit }: { companyId: number | null; before: Date; limit: number },
): Promise<number> {
  return database().transaction(async (tx) => {
    // As the trigger does for each new row: writers to the trail wait for this short transaction.
    await tx.execute(sql`select from audit_chain where id = 1 for update`);
    const removed = await takeOldRows(tx, companyId, before, limit);
    if (removed.length === 0) return 0;
    const base = await moveBase(tx, removed);
    const links = removed.filter(({ seq }) => seq > base.seq);
    await insertAuditRow(tx, {
      ...audit,
      companyId,
      action: AUDIT_REMOVAL_ACTION,
      outcome: "success",
      after: {
        before: before.toISOString(),
        removed: removed.length,
        linksKept: links.length,
        linksDigest: digestOfLinks(links),
        baseSeq: base.seq,
        baseHash: base.hash,
      },
    });
    await keepLinks(tx, links);
    return removed.length;
  });
}

async function takeOldRows(
  tx: Transaction,
  companyId: number | null,
  before: Date,
  limit: number,
): Promise<Link[]> {
  const rows = await tx.execute<{ seq: string; hash: string }>(sql`
    select l.seq, l.hash from audit_log l where ${isOldAuditRow(companyId, before)} order by l.seq limit ${limit}`);
  await tx.execute(
    sql`delete from audit_log where seq = any(${pgArray(rows.map(({ seq }) => seq))}::bigint[])`,
  );
  return rows.map(({ seq, hash }) => ({ seq: Number(seq), hash }));
}

/** Moves the base to the last row before the first remaining one, and deletes links that are no longer needed. */
async function moveBase(tx: Transaction, removed: readonly Link[]): Promise<Link> {
  const [chain] = await tx.execute<{ base_seq: string; base_hash: string; last_gone: string }>(sql`
    select base_seq, base_hash, coalesce((select min(seq) from audit_log) - 1, head_seq) as last_gone
    from audit_chain where id = 1`);
  const [baseSeq, lastGone] = [Number(chain!.base_seq), Number(chain!.last_gone)];
  if (lastGone <= baseSeq) return { seq: baseSeq, hash: chain!.base_hash };
  const hash = removed.find(({ seq }) => seq === lastGone)?.hash ?? (await findRemovedHash(tx, lastGone));
  if (!hash) return { seq: baseSeq, hash: chain!.base_hash };
  await tx.execute(sql`update audit_chain set base_seq = ${lastGone}, base_hash = ${hash} where id = 1`);
  await tx.execute(sql`
    delete from audit_removed where removed_by in (
      select removed_by from audit_removed group by removed_by having max(seq) <= ${lastGone})`);
  return { seq: lastGone, hash };
}

async function findRemovedHash(tx: Transaction, seq: number): Promise<string | undefined> {
  const [row] = await tx.execute<{ hash: string }>(sql`select hash from audit_removed where seq = ${seq}`);
  return row?.hash;
}

async function keepLinks(tx: Transaction, links: readonly Link[]): Promise<void> {
  if (links.length === 0) return;
  await tx.execute(sql`
    insert into audit_removed (seq, hash, removed_by)
    select seq, hash, (select head_seq from audit_chain where id = 1)
    from unnest(${pgArray(links.map(({ seq }) => seq))}::bigint[], ${pgArray(links.map(({ hash }) => hash))}::text[])
      as gone (seq, hash)`);
}
