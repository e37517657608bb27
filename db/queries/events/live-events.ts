import { sql, type SQL } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyScope, CompanyWriteScope } from "../../scope";
import { companiesSql, sameCompanySql } from "../../scope-sql";
import { kindFromCode } from "@/lib/domain/events/kinds";
import type { LiveEvent } from "@/lib/domain/events/live-event";
import { pgArray } from "../pg-array";
import { liveColumns, nameJoinsSql, type Stored } from "./event-rows";

async function select(tx: Transaction, query: SQL): Promise<LiveEvent[]> {
  const rows = await tx.execute<Stored<LiveEvent>>(query);
  return rows.map((row) => ({ ...row, kind: kindFromCode(row.kind) }));
}

/**
 * The newest events of the scope, the newest received first. Those whose computers' clocks were ahead are sought apart,
 * so that they cannot hold the whole list. Of either sort `limit` rows a company are read, whatever their number.
 */
export async function newestEvents(
  tx: Transaction,
  scope: CompanyScope,
  limit: number,
): Promise<LiveEvent[]> {
  const rows = await select(
    tx,
    sql`with e as (
        select newest.* from ${companiesSql(scope)}
        cross join lateral (
          select * from events where ${sameCompanySql(scope, "events.company_id", "s.company_id")} and not is_clock_skewed
          order by occurred_at desc, id desc limit ${limit}
        ) newest
      ), edges as (
        select s.company_id, coalesce(min(e.occurred_at), '-infinity') as oldest_at
        from ${companiesSql(scope)}
        left join e on e.company_id = s.company_id group by s.company_id
      ), ahead as (
        -- Compared with a column: row-level security keeps a subquery out of the index, and all events would be read.
        select newest.* from edges cross join lateral (
          select * from events where ${sameCompanySql(scope, "events.company_id", "edges.company_id")} and is_clock_skewed
            and occurred_at > edges.oldest_at
          order by occurred_at desc, id desc limit ${limit}
        ) newest
      ), found as materialized (
        -- Read once, also by a plan that begins with the company's accounts.
        select * from e union all select * from ahead
      )
      select ${liveColumns} from found e ${nameJoinsSql(scope)}`,
  );
  return rows.sort((a, b) => b.receivedAt - a.receivedAt || b.id - a.id).slice(0, limit);
}

/** Events of one company by instant (epoch milliseconds) and id, oldest first; those gone meanwhile are left out. */
export function eventsByReference(
  tx: Transaction,
  scope: CompanyWriteScope,
  references: readonly (readonly [number, number])[],
): Promise<LiveEvent[]> {
  const instants = pgArray(references.map(([at]) => at));
  const ids = pgArray(references.map(([, id]) => id));
  return select(
    tx,
    sql`with wanted as (
        select to_timestamp(at / 1000.0)::timestamptz(3) as at, id
        from unnest(${instants}::float8[], ${ids}::bigint[]) as wanted (at, id)
      )
      select ${liveColumns} from wanted
      join events e on e.company_id = ${scope.companyId} and e.occurred_at = wanted.at and e.id = wanted.id
      ${nameJoinsSql(scope)} order by e.id`,
  );
}
