import type postgres from "postgres";
import {
  connectionPool,
  controlSql,
  reportPool,
  transactionOver,
  type RawSql,
  type Transaction,
} from "./client";
import { isDatabaseDistributed } from "./distribute";
import { noteUnreachable, pickReplica, type Replica } from "./replicas";
import { findApiKeysByDigest, type ApiKeyRecord } from "./queries/global/api-keys";
import { findAccess } from "./queries/global/access";
import type { Actor } from "@/lib/domain/actor";
import { can } from "@/lib/domain/permissions";
import { env } from "@/lib/env";
import { AppError, isDatabaseOutage, isRecoveryConflict } from "@/lib/errors";

declare const scopeBrand: unique symbol;

/** Proof that the holder may read these companies. Only this file makes one; every tenant query takes it first. */
export interface CompanyScope {
  readonly [scopeBrand]: true;
  readonly companyIds: readonly number[];
  /** Reading for a report takes connections of its own, so that pages never wait for one. */
  readonly isForReport: boolean;
  /** Reading may go to a replica, which is a few seconds behind. */
  readonly mayLag: boolean;
  /** A person or a program waits for what is read: a statement may take no longer than one of a report. */
  readonly isAwaited: boolean;
  /** When the reader last changed something, epoch milliseconds: a replica must hold that. 0 for nothing lately. */
  readonly changedAt: number;
}

/** Proof that the holder may write to exactly one company. */
export interface CompanyWriteScope extends CompanyScope {
  readonly companyId: number;
}

type Reading = Pick<CompanyScope, "isForReport" | "mayLag" | "isAwaited" | "changedAt">;

const PLAIN: Reading = { isForReport: false, mayLag: false, isAwaited: false, changedAt: 0 };

function readingOf({ isForReport, mayLag, isAwaited, changedAt }: CompanyScope): Reading {
  return { isForReport, mayLag, isAwaited, changedAt };
}

function makeScope(companyIds: readonly number[], reading = PLAIN): CompanyScope {
  const own = { companyIds: Object.freeze([...companyIds]), ...reading };
  return Object.freeze(own) as unknown as CompanyScope;
}

function makeWriteScope(companyId: number, reading = PLAIN): CompanyWriteScope {
  const own = { companyId, companyIds: Object.freeze([companyId]), ...reading };
  return Object.freeze(own) as unknown as CompanyWriteScope;
}

/**
 * The same companies, read over the connections of reports, of a replica where there is one. The report queue makes one
 * for each place.
 */
export function reportScope(scope: CompanyScope): CompanyScope {
  return makeScope(scope.companyIds, { ...readingOf(scope), isForReport: true, mayLag: true });
}

/** The same companies for a list that need not be of this second: read from a replica where there is one. */
export function laggingScope(scope: CompanyScope): CompanyScope {
  return makeScope(scope.companyIds, { ...readingOf(scope), mayLag: true });
}

/** What a key opens: its record and a scope to write in its company; null when no such key exists. */
export interface KeyAccess {
  key: ApiKeyRecord;
  scope: CompanyWriteScope;
}

/** What keys open, parallel to their digests, in one query. */
export async function scopesForKeys(digests: readonly Buffer[]): Promise<(KeyAccess | null)[]> {
  const found = await findApiKeysByDigest(digests);
  return digests.map((digest) => {
    const key = found.get(digest.toString("hex"));
    return key ? { key, scope: makeWriteScope(key.companyId, { ...PLAIN, isAwaited: true }) } : null;
  });
}

export interface UserAccess {
  actor: Actor;
  /** Every company the user may see, by name. */
  companies: readonly { id: number; name: string; timeZone: string | null }[];
  scope: CompanyScope;
}

/**
 * Reads role and memberships from the database now; null when the user is gone or inactive. `changedAt` is when the user
 * last changed something, epoch milliseconds.
 */
export async function accessForUser(userId: number, changedAt = 0): Promise<UserAccess | null> {
  const access = await findAccess(userId);
  if (!access) return null;
  const companies = access.companies.filter(({ id }) => can(access.actor, "events:read", { companyId: id }));
  const ids = companies.map((company) => company.id);
  return { actor: access.actor, companies, scope: makeScope(ids, { ...PLAIN, isAwaited: true, changedAt }) };
}

/** Narrows to one company of the scope; null when the scope does not hold it, which answers 404. */
export function narrowScope(scope: CompanyScope, companyId: number): CompanyWriteScope | null {
  return scope.companyIds.includes(companyId) ? makeWriteScope(companyId, readingOf(scope)) : null;
}

/** Narrows to those of these companies that the scope holds. */
export function narrowScopeTo(scope: CompanyScope, companyIds: readonly number[]): CompanyScope {
  const kept = scope.companyIds.filter((id) => companyIds.includes(id));
  return makeScope(kept, readingOf(scope));
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
export function scopeSettings(companyIds: readonly number[]): string[] {
  if (!companyIds.every(Number.isSafeInteger)) throw new Error("A company id is not a whole number.");
  return ["set local role winauthmon_app", `set local app.company_ids = '{${companyIds.join(",")}}'`];
}

/** Sends statements without waiting, together where the database takes them so: Citus passes on only single settings. */
export async function sendTogether(
  sql: postgres.ReservedSql | postgres.TransactionSql,
  statements: readonly string[],
  isDistributed: boolean,
): Promise<void> {
  const messages = isDistributed ? statements : [statements.join("; ")];
  await Promise.all(messages.map((message) => sql.unsafe(message).execute()));
}

interface RunOptions {
  pool?: RawSql;
  /** Where backends of the pool are stopped. */
  control?: () => RawSql;
  signal?: AbortSignal | undefined;
  /** Whether the work begins only after the server has answered once. */
  isAnswerAwaited?: boolean;
  /** How long a statement may take; where absent, what the pool says. */
  statementSeconds?: number | undefined;
}

async function runScoped<T>(
  mode: string,
  companyIds: readonly number[],
  work: (tx: Transaction) => Promise<T>,
  {
    pool = connectionPool(),
    control = controlSql,
    signal,
    isAnswerAwaited = false,
    statementSeconds,
  }: RunOptions = {},
) {
  signal?.throwIfAborted();
  const isDistributed = await isDatabaseDistributed();
  return pool.begin(mode, async (sql) => {
    // Sent at once and not waited for: the first query follows it in the same round trip, never before it.
    const limit = statementSeconds ? [`set local statement_timeout = '${statementSeconds}s'`] : [];
    const settings = sendTogether(sql, [...limit, ...scopeSettings(companyIds)], isDistributed);
    if (isAnswerAwaited) await settings;
    const settle = signal && cancelOnAbort(sql, control, signal);
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
 * cancellation under way: one that came later would hit the connection's next statement.
 */
function cancelOnAbort(
  sql: postgres.TransactionSql,
  control: () => RawSql,
  signal: AbortSignal,
): () => Promise<void> {
  const backend = sql.unsafe<{ pid: number }[]>("select pg_backend_pid() as pid").execute();
  let cancelling: Promise<void> | undefined;
  const cancel = () => {
    cancelling = backend
      .then(async ([row]) => void (await control()`select pg_cancel_backend(${row!.pid}::int)`))
      .catch(() => undefined);
  };
  signal.addEventListener("abort", cancel, { once: true });
  if (signal.aborted) cancel();
  return async () => {
    signal.removeEventListener("abort", cancel);
    await cancelling;
  };
}

/**
 * Reads within the scope's companies, in a read-only transaction under row-level security; from a replica when the
 * scope may lag and one is near enough.
 *
 * Raising the signal stops the statement that runs, and so do REPORT_STATEMENT_SECONDS for an awaited scope: it throws then.
 */
export function readWithin<T>(
  scope: CompanyScope,
  work: (tx: Transaction) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  return read("read only", scope, work, signal);
}

/** The same for work whose statements must all see what was committed when the first of them began. */
export function readSnapshotWithin<T>(
  scope: CompanyScope,
  work: (tx: Transaction) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  return read("isolation level repeatable read read only", scope, work, signal);
}

async function read<T>(
  mode: string,
  scope: CompanyScope,
  work: (tx: Transaction) => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  const replica = scope.mayLag ? pickReplica(scope.changedAt) : null;
  if (replica) {
    const outcome = await readFrom(replica, mode, scope, work, signal);
    if (outcome) return outcome.result;
  }
  if (scope.isForReport) return runScoped(mode, scope.companyIds, work, { pool: reportPool(), signal });
  const statementSeconds = scope.isAwaited ? env().REPORT_STATEMENT_SECONDS : undefined;
  return runScoped(mode, scope.companyIds, work, { signal, statementSeconds });
}

/**
 * null when the replica does not answer: then nothing of the work was begun. @throws AppError `unavailable` when the
 * primary deleted what the replica was reading.
 */
async function readFrom<T>(
  replica: Replica,
  mode: string,
  scope: CompanyScope,
  work: (tx: Transaction) => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<{ result: T } | null> {
  const { pool, control } = replica;
  let hasBegun = false;
  try {
    const result = await runScoped(
      mode,
      scope.companyIds,
      (tx) => {
        hasBegun = true;
        return work(tx);
      },
      { pool, control: () => control, signal, isAnswerAwaited: true },
    );
    return { result };
  } catch (error) {
    if (isRecoveryConflict(error)) {
      throw new AppError("unavailable", { key: "errors.replicaConflict" }, [], 5);
    }
    if (!isDatabaseOutage(error)) throw error;
    noteUnreachable(replica);
    if (hasBegun) throw error;
    return null;
  }
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
