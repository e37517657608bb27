import { database, type Transaction } from "@/db/client";
import {
  countAuditRows,
  listAuditRows,
  type AuditFilter,
  type AuditListRow,
} from "@/db/queries/audit/list-audit";
import { readWithin, type CompanyScope } from "@/db/scope";
import { assertCan } from "../access/denied";
import type { ServiceContext } from "../context";

export type { AuditFilter };

export interface AuditEntry {
  seq: number;
  /** Epoch milliseconds. */
  at: number;
  company: { id: number; name: string | null } | null;
  /** Null for the server itself, and for people without an account. */
  actorUserId: number | null;
  actorName: string | null;
  action: string;
  outcome: string;
  targetType: string | null;
  targetId: string | null;
  targetName: string | null;
  address: string | null;
  requestId: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  hash: string;
}

export interface AuditPage {
  entries: AuditEntry[];
  count: { total: number; isCapped: boolean };
  /** The sequence number that the next, older page begins behind; null on the last one. */
  nextBefore: number | null;
}

/** Whose trail: the portal's with everything in it, or those of the companies of a scope together. */
export type AuditView = { context: ServiceContext } | { companies: ServiceContext & { scope: CompanyScope } };

/** The scope of a view once the actor is proved to may read all of it; null for the whole trail. @throws AccessDenied. */
export function auditScopeOf(view: AuditView): CompanyScope | null {
  if ("context" in view) {
    assertCan(view.context.actor, "audit:read-all");
    return null;
  }
  const { actor, scope } = view.companies;
  for (const companyId of scope.companyIds) assertCan(actor, "audit:read-company", { companyId });
  return scope;
}

const PAGE_ROWS = 50;
const COUNT_CAP = 10_000;
const EXPORT_BATCH_ROWS = 1_000;

function readTrail<T>(view: AuditView, work: (tx: Transaction, scope: CompanyScope | null) => Promise<T>) {
  const scope = auditScopeOf(view);
  if (scope) return readWithin(scope, (tx) => work(tx, scope));
  return database().transaction((tx) => work(tx, null), { accessMode: "read only" });
}

/** A page of the trail, newest first. @throws AccessDenied `forbidden`. */
export async function readAudit(
  view: AuditView,
  filter: AuditFilter,
  before: number | null,
): Promise<AuditPage> {
  const [rows, total] = await readTrail(view, (tx, scope) =>
    Promise.all([
      listAuditRows(tx, scope, filter, { before, limit: PAGE_ROWS + 1 }),
      countAuditRows(tx, scope, filter, COUNT_CAP + 1),
    ]),
  );
  const entries = rows.slice(0, PAGE_ROWS).map(entryOf);
  return {
    entries,
    count: { total: Math.min(total, COUNT_CAP), isCapped: total > COUNT_CAP },
    nextBefore: rows.length > PAGE_ROWS ? entries.at(-1)!.seq : null,
  };
}

/** The whole trail in batches, newest first; each is a short transaction of its own. `batchRows` is for tests. */
export async function* streamAudit(
  view: AuditView,
  filter: AuditFilter,
  batchRows = EXPORT_BATCH_ROWS,
): AsyncGenerator<AuditEntry[]> {
  for (let before: number | null = null; ;) {
    const page: { before: number | null; limit: number } = { before, limit: batchRows };
    const rows = await readTrail(view, (tx, scope) => listAuditRows(tx, scope, filter, page));
    if (rows.length === 0) return;
    const entries = rows.map(entryOf);
    yield entries;
    if (rows.length < batchRows) return;
    before = entries.at(-1)!.seq;
  }
}

function entryOf(row: AuditListRow): AuditEntry {
  return {
    seq: Number(row.seq),
    at: Number(row.at_ms),
    company: row.company_id === null ? null : { id: row.company_id, name: row.company_name },
    actorUserId: row.actor_user_id,
    actorName: row.actor_name,
    action: row.action,
    outcome: row.outcome,
    targetType: row.target_type,
    targetId: row.target_id,
    targetName: row.target_name,
    address: row.address,
    requestId: row.request_id,
    before: asRecord(row.before),
    after: asRecord(row.after),
    hash: row.hash,
  };
}

function asRecord(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
}
