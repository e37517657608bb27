import type postgres from "postgres";
import {
  cancelBackend,
  connectionPool,
  reportPool,
  transactionOver,
  type RawSql,
  type Transaction,
} from "./client";
import { findApiKeyByDigest, type ApiKeyRecord } from "./queries/global/api-keys";
import { findAccess } from "./queries/global/access";
import type { Actor } from "@/lib/domain/actor";
import { can } from "@/lib/domain/permissions";

declare const scopeBrand: unique symbol;

/** Proof that the holder may read these companies. Only this file makes one; every tenant query takes it first. */
export interface CompanyScope {
  readonly [scopeBrand]: true;
  readonly companyIds: readonly number[];
  /** Reading for a report takes connections of its own, so that pages never wait for one. */
  readonly isForReport: boolean;
}

/** Proof that the holder may write to exactly one company. */
export interface CompanyWriteScope extends CompanyScope {
  readonly companyId: number;
}

function makeScope(companyIds: readonly number[], isForReport = false): CompanyScope {
  const own = { companyIds: Object.freeze([...companyIds]), isForReport };
  return Object.freeze(own) as unknown as CompanyScope;
}

function makeWriteScope(companyId: number, isForReport = false): CompanyWriteScope {
  const own = { companyId, companyIds: Object.freeze([companyId]), isForReport };
  return Object.freeze(own) as unknown as CompanyWriteScope;
}

/** The same companies, read over the connections of reports. The report queue makes one for whoever has a place. */
export function reportScope(scope: CompanyScope): CompanyScope {
  return makeScope(scope.companyIds, true);
}

/** What a key opens: its record and a scope to write in its company; null when no such key exists. */
export interface KeyAccess {
  key: ApiKeyRecord;
  scope: CompanyWriteScope;
}

export async function scopeForKey(digest: Buffer): Promise<KeyAccess | null> {
  const key = await findApiKeyByDigest(digest);
  return key && { key, scope: makeWriteScope(key.companyId) };
}

export interface UserAccess {
  actor: Actor;
  /** Every company the user may see, by name. */
  companies: readonly { id: number; name: string; timeZone: string | null }[];
  scope: CompanyScope;
}

/** Reads role and memberships from the database now; null when the user is gone or inactive. */
export async function accessForUser(userId: number): Promise<UserAccess | null> {
  const access = await findAccess(userId);
  if (!access) return null;
  const companies = access.companies.filter(({ id }) => can(access.actor, "events:read", { companyId: id }));
  return { actor: access.actor, companies, scope: makeScope(companies.map((company) => company.id)) };
}

/** Narrows to one company of the scope; null when the scope does not hold it, which answers 404. */
export function narrowScope(scope: CompanyScope, companyId: number): CompanyWriteScope | null {
  return scope.companyIds.includes(companyId) ? makeWriteScope(companyId, scope.isForReport) : null;
}

/** Narrows to those of these companies that the scope holds. */
export function narrowScopeTo(scope: CompanyScope, companyIds: readonly number[]): CompanyScope {
  const kept = scope.companyIds.filter((id) => companyIds.includes(id));
  return makeScope(kept, scope.isForReport);
}

/** For start-up, the command line and scheduled jobs, which act for the operator and not for a signed-in user. */
export function operatorScope(companyId: number): CompanyWriteScope {
  return makeWriteScope(companyId);
}

/** The portal's own notifications are kept under this number, which no company has. */
export const PORTAL_ID = 0;

/** For what belongs to the portal and to no company, once the caller is proved to be a GlobalAdmin or the server itself. */
export function portalScope(): CompanyWriteScope {
  return makeWriteScope(PORTAL_ID);
}

/** The same for reading several companies. */
export function operatorReadScope(companyIds: readonly number[]): CompanyScope {
  return makeScope(companyIds);
}

/** The settings that put a transaction behind row-level security; docs/architecture.md says why they live in one place. */
export function scopeSettingsSql(companyIds: readonly number[]): string {
  if (!companyIds.every(Number.isSafeInteger)) throw new Error("A company id is not a whole number.");
  return `set local role winauthmon_app; set local app.company_ids = '{${companyIds.join(",")}}'`;
}

async function runScoped<T>(
  mode: string,
  companyIds: readonly number[],
  work: (tx: Transaction) => Promise<T>,
  { pool = connectionPool(), signal }: { pool?: RawSql; signal?: AbortSignal | undefined } = {},
) {
  signal?.throwIfAborted();
  return pool.begin(mode, async (sql) => {
    // Sent at once and not waited for: the first query follows it in the same round trip, never before it.
    const settings = sql.unsafe(scopeSettingsSql(companyIds)).execute();
    const settle = signal && cancelOnAbort(sql, signal);
    try {
      const [result] = await Promise.all([work(transactionOver(sql, pool)), settings]);
      signal?.throwIfAborted();
      return result;
    } finally {
      await settle?.();
    }
  }) as Promise<T>;
}

/**
 * Stops the transaction's statement once the signal is raised. The returned function ends that, and waits for a
 * cancellation under way: one that came later would hit whoever has the connection next.
 */
function cancelOnAbort(sql: postgres.TransactionSql, signal: AbortSignal): () => Promise<void> {
  const backend = sql.unsafe<{ pid: number }[]>("select pg_backend_pid() as pid").execute();
  let cancelling: Promise<void> | undefined;
  const cancel = () => {
    cancelling = backend.then(([row]) => cancelBackend(row!.pid)).catch(() => undefined);
  };
  signal.addEventListener("abort", cancel, { once: true });
  if (signal.aborted) cancel();
  return async () => {
    signal.removeEventListener("abort", cancel);
    await cancelling;
  };
}

/**
 * Reads within the scope's companies, in a read-only transaction under row-level security.
 *
 * Raising the signal stops the statement that runs; what was begun throws then.
 */
export function readWithin<T>(
  scope: CompanyScope,
  work: (tx: Transaction) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const pool = scope.isForReport ? reportPool() : connectionPool();
  return runScoped("read only", scope.companyIds, work, { pool, signal });
}

/** Writes within one company, in a transaction under row-level security. */
export function writeWithin<T>(scope: CompanyWriteScope, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return runScoped("read write", [scope.companyId], work);
}

/** Housekeeping over what several keys wrote: the companies are those of the scopes. */
export function writeWithinAll<T>(
  scopes: readonly CompanyWriteScope[],
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  return runScoped("read write", [...new Set(scopes.map((scope) => scope.companyId))], work);
}
