import { database, type Transaction } from "@/db/client";
import {
  findChainEnds,
  findUnvouchedRemoval,
  isBaseVouchedFor,
  listChainLinks,
  type ChainEnds,
  type ChainLink,
} from "@/db/queries/global/audit-chain";

const BATCH_ROWS = 5_000;

export type AuditVerdict =
  | { ok: true; rows: number; headSeq: number; headHash: string }
  | { ok: false; rows: number; seq: number; problem: string };

/**
 * Walks the whole trail and checks that no row was altered, removed or put in between.
 *
 * Each row's hash covers its contents and the hash before it; the numbers have no gap; the last row is the one
 * that the chain's head remembers. Where retention removed rows, their links or the chain's base stand for them, and
 * a row of the trail must tell of just that removal. One snapshot, so that rows written meanwhile do not disturb it.
 */
export async function verifyAudit(): Promise<AuditVerdict> {
  return database().transaction(verifyAuditWithin, {
    isolationLevel: "repeatable read",
    accessMode: "read only",
  });
}

/** The same in a transaction of the caller's. */
export async function verifyAuditWithin(tx: Transaction): Promise<AuditVerdict> {
  const ends = await findChainEnds(tx);
  if (!ends) return { ok: false, rows: 0, seq: 0, problem: "The head of the chain is missing." };
  if (ends.baseSeq > 0 && !(await isBaseVouchedFor(tx, ends))) {
    const problem = `Rows 1 to ${ends.baseSeq} are missing, and no row records their removal.`;
    return { ok: false, rows: 0, seq: 1, problem };
  }
  const unvouched = await findUnvouchedRemoval(tx);
  if (unvouched !== null) {
    const problem = `Row ${unvouched} doesn't record all rows that were removed.`;
    return { ok: false, rows: 0, seq: unvouched, problem };
  }
  return walk(tx, ends);
}

async function walk(tx: Transaction, ends: ChainEnds): Promise<AuditVerdict> {
  let last = { seq: ends.baseSeq, hash: ends.baseHash };
  let rows = 0;
  for (;;) {
    const links = await listChainLinks(tx, last.seq, BATCH_ROWS);
    for (const link of links) {
      const problem = problemOf(link, last);
      if (problem) return { ok: false, rows, seq: Math.min(Number(link.seq), last.seq + 1), problem };
      last = { seq: Number(link.seq), hash: link.hash };
      if (link.computed !== null) rows += 1;
    }
    if (links.length < BATCH_ROWS) break;
  }
  if (last.seq < ends.headSeq) {
    return {
      ok: false,
      rows,
      seq: last.seq + 1,
      problem: `Rows ${last.seq + 1} to ${ends.headSeq} at the end are missing.`,
    };
  }
  if (last.seq !== ends.headSeq || last.hash !== ends.headHash) {
    return {
      ok: false,
      rows,
      seq: last.seq,
      problem: "The last row isn't the one that the head of the chain records.",
    };
  }
  return { ok: true, rows, headSeq: last.seq, headHash: last.hash };
}

function problemOf(link: ChainLink, last: { seq: number; hash: string }): string | null {
  const seq = Number(link.seq);
  if (seq !== last.seq + 1) {
    const missing =
      seq - last.seq === 2 ? `Row ${last.seq + 1} is` : `Rows ${last.seq + 1} to ${seq - 1} are`;
    return `${missing} missing.`;
  }
  if (link.computed === null) return null;
  if (link.hash !== link.computed) return `Row ${seq} was altered.`;
  if (link.prev_hash !== last.hash) return `Row ${seq} doesn't follow the row before it.`;
  return null;
}
