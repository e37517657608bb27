import { eq, sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import { auditChain } from "../../schema/logs";

export type ChainEnds = typeof auditChain.$inferSelect;

/** Where the chain begins and ends, as the trigger and lawful cuts have noted it. */
export async function findChainEnds(tx: Transaction): Promise<ChainEnds | null> {
  const [row] = await tx.select().from(auditChain).where(eq(auditChain.id, 1));
  return row ?? null;
}

export interface ChainLink extends Record<string, unknown> {
  seq: string;
  /** null where only the link of a lawfully removed row is left. */
  prev_hash: string | null;
  hash: string;
  /** What the hash must be for the row's contents as they stand; null as prev_hash. */
  computed: string | null;
}

/** The next links behind a sequence number, in order, those of removed rows among them. */
export function listChainLinks(tx: Transaction, afterSeq: number, limit: number) {
  return tx.execute<ChainLink>(sql`
    (select l.seq, l.prev_hash, l.hash, audit_row_hash(l) as computed
      from audit_log l where l.seq > ${afterSeq} order by l.seq limit ${limit})
    union all
    (select r.seq, null, r.hash, null from audit_removed r where r.seq > ${afterSeq} order by r.seq limit ${limit})
    order by seq limit ${limit}`);
}

/** The first row that tells of a removal whose links are not, or not all, those it vouches for; null when none is. */
export async function findUnvouchedRemoval(tx: Transaction): Promise<number | null> {
  const [row] = await tx.execute<{ seq: string }>(sql`
    select r.removed_by as seq
    from audit_removed r left join audit_log l on l.seq = r.removed_by
    group by r.removed_by, l.action, l.after
    having coalesce(l.action, '') <> 'audit.retention'
      or coalesce((l.after ->> 'linksKept')::bigint, -1) <> count(*)
      or coalesce(l.after ->> 'linksDigest', '') <> encode(sha256(convert_to(
        string_agg(r.seq || ':' || r.hash, E'\n' order by r.seq), 'UTF8')), 'hex')
    order by 1 limit 1`);
  return row ? Number(row.seq) : null;
}

/** Whether a row of the trail tells that its beginning was removed up to this base. */
export async function isBaseVouchedFor(tx: Transaction, { baseSeq, baseHash }: ChainEnds): Promise<boolean> {
  const [row] = await tx.execute<{ found: boolean }>(sql`
    select exists (select from audit_log l where l.action = 'audit.retention' and l.seq > ${baseSeq}
      and (l.after ->> 'baseSeq')::bigint = ${baseSeq} and l.after ->> 'baseHash' = ${baseHash}) as found`);
  return row!.found;
}
