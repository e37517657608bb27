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
  prev_hash: string;
  hash: string;
  /** What the hash must be for the row's contents as they stand. */
  computed: string;
}

/** The next links behind a sequence number, in order. */
export function listChainLinks(tx: Transaction, afterSeq: number, limit: number) {
  return tx.execute<ChainLink>(sql`
    select l.seq, l.prev_hash, l.hash, audit_row_hash(l) as computed
    from audit_log l where l.seq > ${afterSeq} order by l.seq limit ${limit}`);
}
