import type postgres from "postgres";
import { answerOrAbandon, ingestSql, type RawSql } from "../../client";
import { isDatabaseDistributed } from "../../distribute";
import { scopeSettings, sendTogether, type CompanyWriteScope } from "../../scope";
import type { WireEvent } from "@/lib/domain/events/wire";
import { isForeignKeyViolation } from "@/lib/errors";
import { ErasedAccount } from "./erased-accounts";
import type { SentEvent } from "./event-statements";
import { findAgain } from "./find-again";
import { storeAtOnce } from "./store-at-once";
import { storeSpread } from "./store-spread";
import { tenantRows, type TenantRows } from "./tenant-rows";
import {
  cachedNameId,
  cacheKey,
  forgetNameIds,
  rememberNameIds,
  resolveNames,
  type NameTable,
  type SeenName,
} from "./names";

export interface NewEvent {
  scope: CompanyWriteScope;
  siteId: number;
  event: WireEvent;
  /** 32 hex digits; equal for what section 3 of docs/domain.md calls the same event within a company and instant. */
  fingerprint: string;
  /** Epoch milliseconds, for events brought over from elsewhere; the moment of storing when absent. */
  receivedAt?: number;
}

export interface InsertedEvent {
  companyId: number;
  id: number;
  accountId: number;
  computerId: number;
}

/**
 * More than a commit's statements together may take (30 s each, statement_timeout of ingestSql), so only a database that
 * says nothing is overdue.
 */
const ANSWER_MILLISECONDS = 150_000;

/**
 * Stores events of any number of companies in one transaction, with the counts and presence they change.
 *
 * The answer is parallel to the input: the stored row, or null where the event was there already (also
 * earlier in the same call). Rows go in by company and time, ties in the order given.
 *
 * @throws the driver's error; nothing is stored then, unless the connection was lost or the database took longer than
 * `answerMilliseconds`: then they may be stored.
 */
export async function insertEvents(
  rows: readonly NewEvent[],
  answerMilliseconds = ANSWER_MILLISECONDS,
): Promise<(InsertedEvent | null)[]> {
  const insert = () => {
    const pool = ingestSql();
    return answerOrAbandon(pool, answerMilliseconds, insertOnce(pool, rows));
  };
  try {
    return await insert();
  } catch (error) {
    // A purge or an erasure, perhaps on another server, has removed names whose ids are cached here.
    if (!isForeignKeyViolation(error, NAME_CONSTRAINTS) && !(error instanceof ErasedAccount)) throw error;
    forgetNameIds();
    return insert();
  }
}

const NAME_CONSTRAINTS = ["events_account_fk", "events_computer_fk"];

async function insertOnce(pool: RawSql, rows: readonly NewEvent[]): Promise<(InsertedEvent | null)[]> {
  const isDistributed = await isDatabaseDistributed();
  const sql = await pool.reserve();
  try {
    const begun = sendTogether(sql, ["begin", ...scopeSettings(companiesOf(rows))], isDistributed);
    begun.catch(() => undefined); // awaited below, but perhaps after another failure
    const companies = companiesOf(rows);
    const sorted = inStoringOrder(rows);
    const tenants = tenantRows(sql, companies, isDistributed);
    const known = cachedIds("accounts", sorted);
    const repeats = isComplete(known) ? NO_REPEATS : await findRepeats(sql, sorted, known, begun, tenants);
    const isFresh = (_: unknown, place: number) => !repeats.has(place);
    const fresh = sorted.filter(isFresh);
    if (fresh.length === 0) {
      await sql.unsafe("commit");
      return rows.map(() => null);
    }
    const accounts = await resolveIds(sql, "accounts", fresh, known.filter(isFresh), begun, tenants);
    const computers = await resolveIds(
      sql,
      "computers",
      fresh,
      cachedIds("computers", fresh),
      begun,
      tenants,
    );
    const sent = fresh.map((row, index): SentEvent => ({
      companyId: row.scope.companyId,
      siteId: row.siteId,
      accountId: accounts.ids[index]!,
      computerId: computers.ids[index]!,
      event: row.event,
      fingerprint: row.fingerprint,
      receivedAt: row.receivedAt,
    }));
    const store = isDistributed ? storeSpread : storeAtOnce;
    const [ids] = await Promise.all([store(sql, sent, tenants), begun]);
    rememberNameIds("accounts", accounts.fresh);
    rememberNameIds("computers", computers.fresh);
    return matchUp(fresh, sent, ids, rows.length);
  } catch (error) {
    await sql.unsafe("rollback").catch(() => undefined);
    throw error;
  } finally {
    sql.release();
  }
}

function companiesOf(rows: readonly NewEvent[]): number[] {
  const ids = new Set<number>();
  for (const row of rows) ids.add(row.scope.companyId);
  return [...ids];
}

/** The rows with their places in what was given, by company and time, ties in the order given. */
type SortedRow = NewEvent & { place: number };

function inStoringOrder(rows: readonly NewEvent[]): SortedRow[] {
  const sorted = rows.map(({ scope, siteId, event, fingerprint, receivedAt }, place) => ({
    scope,
    siteId,
    event,
    fingerprint,
    receivedAt,
    place,
  }));
  return sorted.sort(
    (a, b) =>
      a.scope.companyId - b.scope.companyId || a.event.occurredAt - b.event.occurredAt || a.place - b.place,
  );
}

const NO_REPEATS: ReadonlySet<number> = new Set();

/**
 * The places of rows that are stored already, among those under an account that is not cached: of a repeated event of an
 * erased account, the name must not be made again.
 */
async function findRepeats(
  sql: postgres.ReservedSql,
  rows: readonly SortedRow[],
  known: CachedIds,
  begun: Promise<unknown>,
  tenants: TenantRows,
): Promise<ReadonlySet<number>> {
  await begun;
  const asked = [...rows.keys()].filter((place) => known[place] === undefined);
  const identities = asked.map((place) => {
    const { scope, event, fingerprint } = rows[place]!;
    return { companyId: scope.companyId, occurredAt: event.occurredAt, fingerprint };
  });
  const again = await findAgain(sql, identities, tenants);
  return new Set(asked.filter((_, index) => again.has(index)));
}

type CachedIds = readonly (number | undefined)[];

function cachedIds(table: NameTable, rows: readonly NewEvent[]): CachedIds {
  return rows.map((row) => cachedNameId(table, row.scope.companyId, keyOf(table, row)));
}

function isComplete(ids: CachedIds): ids is readonly number[] {
  return !ids.includes(undefined);
}

interface ResolvedIds {
  /** Parallel to the rows. */
  ids: readonly number[];
  /** Those not cached yet, to be remembered once they are committed. */
  fresh: ReadonlyMap<string, number>;
}

const NONE_FRESH: ReadonlyMap<string, number> = new Map();

async function resolveIds(
  sql: postgres.ReservedSql,
  table: NameTable,
  rows: readonly NewEvent[],
  cached: CachedIds,
  begun: Promise<unknown>,
  tenants: TenantRows,
): Promise<ResolvedIds> {
  if (isComplete(cached)) return { ids: cached, fresh: NONE_FRESH };
  await begun;
  const missing = rows.filter((_, index) => cached[index] === undefined);
  const fresh = await resolveNames(
    sql,
    table,
    missing.map((row) => seenName(table, row)),
    tenants,
  );
  const ids = rows.map(
    (row, index) => cached[index] ?? fresh.get(cacheKey(row.scope.companyId, keyOf(table, row))),
  );
  if (!isComplete(ids)) throw new Error(`A name of ${table} was neither found nor made.`);
  return { ids, fresh };
}

function keyOf(table: NameTable, { event }: NewEvent): string {
  return table === "accounts" ? event.userKey : event.computerKey;
}

function seenName(table: NameTable, row: NewEvent): SeenName {
  return {
    companyId: row.scope.companyId,
    name: table === "accounts" ? row.event.userName : row.event.computerName,
    nameKey: keyOf(table, row),
    occurredAt: row.event.occurredAt,
  };
}

/** By the places of what was given, of which there are `count`. */
function matchUp(
  sorted: readonly SortedRow[],
  sent: readonly SentEvent[],
  ids: readonly (number | null)[],
  count: number,
): (InsertedEvent | null)[] {
  const results: (InsertedEvent | null)[] = Array.from({ length: count }, () => null);
  ids.forEach((id, index) => {
    if (id === null) return;
    const { companyId, accountId, computerId } = sent[index]!;
    results[sorted[index]!.place] = { companyId, id, accountId, computerId };
  });
  return results;
}
