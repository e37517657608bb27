import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";
import { epoch } from "../column-sql";
import { kindSql } from "../kind-sql";
import { pgArray } from "../pg-array";
import type { FleetComputer, LastWord, QuietComputer } from "@/lib/domain/detections/fleet-memory";
import type { NewestEvent } from "@/lib/domain/detections/fleet-proof";
import { COMPUTER_PAUSE_KINDS, START_KINDS, type EventKind } from "@/lib/domain/events/kinds";

/** What says whether a computer is on. */
const ON_OR_OFF_KINDS: ReadonlySet<EventKind> = new Set<EventKind>([
  ...START_KINDS,
  "sleep",
  "shutdown",
  "startup",
  "wake",
]);
const OFF_KINDS: ReadonlySet<EventKind> = new Set<EventKind>([...COMPUTER_PAUSE_KINDS, "shutdown"]);

type FleetRow = FleetComputer & Record<string, unknown>;

/**
 * The company's computers seen since the instant, by id; those without health checks, since the
 * other, earlier one. Instants in epoch milliseconds.
 */
export async function listFleet(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  since: Date,
  sinceWithoutHealth: Date,
): Promise<FleetComputer[]> {
  const rows = await tx.execute<FleetRow>(sql`
    select c.id, c.site_id as "siteId", ${epoch("c.first_seen_at")} as "firstSeenAt",
      ${epoch("c.last_seen_at")} as "lastSeenAt", ${epoch("c.last_health_at")} as "lastHealthAt",
      c.clock_skew_ms::float8 as "clockSkewMs",
      (coalesce(c.dropped_failures, 0) + coalesce(c.dropped_sessions, 0))::float8 as lost
    from computers c
    where c.company_id = ${companyId} and c.last_seen_at > ${sinceWithoutHealth.toISOString()}
      and (c.last_health_at is null or c.last_seen_at > ${since.toISOString()})
    order by c.id`);
  return [...rows];
}

/** Those of the computers that are stored. */
export async function findStoredComputers(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  ids: readonly number[],
): Promise<Set<number>> {
  if (ids.length === 0) return new Set();
  const rows = await tx.execute<{ id: number }>(sql`
    select id from computers where company_id = ${companyId} and id = any(${pgArray(ids)}::int[])`);
  return new Set(rows.map(({ id }) => id));
}

/** What the events of the days before they were last seen say of these computers, by id. */
export async function listLastWords(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  quiet: readonly QuietComputer[],
): Promise<Map<number, LastWord>> {
  if (quiet.length === 0) return new Map();
  const lately = sql`e.computer_id = c.id and e.occurred_at > c.last_seen_at - interval '7 days'`;
  const rows = await tx.execute<LastWord & { id: number } & Record<string, unknown>>(sql`
    select c.id, coalesce(${kindSql("power.kind", OFF_KINDS)}, false) as "isOff", ${epoch("upright.occurred_at")} as "rightAt"
    from unnest(${pgArray(quiet.map(({ id }) => id))}::int[], ${pgArray(quiet.map(({ wasAhead }) => wasAhead))}::bool[])
      as quiet (id, was_ahead)
    join computers c on c.company_id = ${companyId} and c.id = quiet.id
    left join lateral (select e.kind from events e
      where e.company_id = ${companyId} and ${lately} and ${kindSql("e.kind", ON_OR_OFF_KINDS)}
      order by e.occurred_at desc, e.id desc limit 1) power on true
    left join lateral (select e.occurred_at from events e
      where e.company_id = ${companyId} and ${lately} and quiet.was_ahead and not e.is_clock_skewed
      order by e.occurred_at desc limit 1) upright on true`);
  return new Map(rows.map(({ id, isOff, rightAt }) => [id, { isOff, rightAt }]));
}

/** The newest event of each of the computers, by computer. */
export async function listNewestEvents(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  computerIds: readonly number[],
): Promise<Map<number, NewestEvent>> {
  if (computerIds.length === 0) return new Map();
  const rows = await tx.execute<{ computerId: number; id: number; at: number }>(sql`
    select c.id as "computerId", newest.id::float8 as id, ${epoch("newest.occurred_at")} as at
    from computers c
    join lateral (select e.id, e.occurred_at from events e
      where e.company_id = ${companyId} and e.computer_id = c.id
      order by e.occurred_at desc, e.id desc limit 1) newest on true
    where c.company_id = ${companyId} and c.id = any(${pgArray(computerIds)}::int[])`);
  return new Map(rows.map(({ computerId, id, at }) => [computerId, { id, at }]));
}

/** Holds what is remembered of the company's computers for the rest of the transaction, and gives it; null for nothing yet. */
export async function lockFleetMemory(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  name: string,
): Promise<unknown> {
  await tx.execute(sql`
    insert into detection_states (company_id, rule, subject_key, memory) values (${companyId}, ${name}, 'company', 'null')
    on conflict do nothing`);
  const [row] = await tx.execute<{ memory: unknown }>(sql`
    select memory from detection_states where company_id = ${companyId} and rule = ${name} and subject_key = 'company'
    for update`);
  return row?.memory ?? null;
}
