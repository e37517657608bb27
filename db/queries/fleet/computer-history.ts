import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";
import { pgArray } from "../pg-array";

/** What a computer's events of one day show about its health. */
export interface ComputerDay {
  /** Start of the day, epoch milliseconds. */
  at: number;
  events: number;
  /** Events that were ahead of the server's clock. */
  skewed: number;
  /** Events whose sending had failed before. */
  retried: number;
}

/** `edges` are the days' starts, epoch milliseconds ascending, with the end of the last one; each day has its entry. */
export async function readComputerDays(
  tx: Transaction,
  scope: CompanyWriteScope,
  computerId: number,
  edges: readonly number[],
): Promise<ComputerDay[]> {
  const starts = pgArray(edges.slice(0, -1).map((edge) => edge / 1000));
  const rows = await tx.execute<{ day: number; events: number; skewed: number; retried: number }>(sql`
    with edges as (select array_agg(to_timestamp(start) order by start) as starts from unnest(${starts}::float8[]) as start)
    select width_bucket(e.occurred_at, starts) as day, count(*)::int as events,
      count(*) filter (where e.is_clock_skewed)::int as skewed, count(*) filter (where e.retry > 0)::int as retried
    from events e, edges
    where e.company_id = ${scope.companyId} and e.computer_id = ${computerId}
      and e.occurred_at >= ${new Date(edges[0]!).toISOString()} and e.occurred_at < ${new Date(edges.at(-1)!).toISOString()}
    group by 1`);
  const byDay = new Map(rows.map((row) => [row.day, row]));
  return edges.slice(0, -1).map((at, index) => {
    const { events = 0, skewed = 0, retried = 0 } = byDay.get(index + 1) ?? {};
    return { at, events, skewed, retried };
  });
}

export interface VersionSeen {
  version: string;
  /** Epoch milliseconds. */
  firstAt: number;
  lastAt: number;
}

/** Agent versions that the computer's events since the instant name, the newest first. */
export async function listVersionsSeen(
  tx: Transaction,
  scope: CompanyWriteScope,
  computerId: number,
  since: Date,
): Promise<VersionSeen[]> {
  const rows = await tx.execute<{ version: string; first_ms: string; last_ms: string }>(sql`
    select e.agent_version as version, extract(epoch from min(e.occurred_at)) * 1000 as first_ms,
      extract(epoch from max(e.occurred_at)) * 1000 as last_ms
    from events e
    where e.company_id = ${scope.companyId} and e.computer_id = ${computerId} and e.occurred_at >= ${since.toISOString()}
      and e.agent_version is not null
    group by e.agent_version order by last_ms desc, version limit 10`);
  return rows.map((row) => ({
    version: row.version,
    firstAt: Number(row.first_ms),
    lastAt: Number(row.last_ms),
  }));
}
