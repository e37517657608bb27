import { sql, type SQL } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyScope } from "../../scope";
import { kindFromCode } from "@/lib/domain/events/kinds";
import type { LiveEvent } from "@/lib/domain/events/live-event";
import { pgArray } from "../pg-array";

interface LiveRow extends Record<string, unknown> {
  company_id: number;
  id: string;
  occurred_ms: number;
  received_ms: number;
  kind: number;
  event_type: string;
  user_name: string;
  computer_name: string;
  site_name: string;
  local_ip: string | null;
  public_ip: string | null;
  is_clock_skewed: boolean;
}

const columns = sql`e.company_id, e.id, extract(epoch from e.occurred_at) * 1000 as occurred_ms,
  extract(epoch from e.received_at) * 1000 as received_ms, e.kind, e.event_type, a.name as user_name,
  c.name as computer_name, s.name as site_name, e.local_ip, e.public_ip, e.is_clock_skewed`;
const joins = sql`join accounts a on a.company_id = e.company_id and a.id = e.account_id
  join computers c on c.company_id = e.company_id and c.id = e.computer_id
  join sites s on s.company_id = e.company_id and s.id = e.site_id`;

async function select(tx: Transaction, query: SQL): Promise<LiveEvent[]> {
  return (await tx.execute<LiveRow>(query)).map((row) => ({
    companyId: row.company_id,
    id: Number(row.id),
    occurredAt: Number(row.occurred_ms),
    receivedAt: Number(row.received_ms),
    kind: kindFromCode(row.kind),
    eventType: row.event_type,
    userName: row.user_name,
    computerName: row.computer_name,
    siteName: row.site_name,
    localIp: row.local_ip,
    publicIp: row.public_ip,
    isClockSkewed: row.is_clock_skewed,
  }));
}

/** The newest events of the scope by time, newest first. Reads `limit` rows a company, whatever their number. */
export function newestEvents(tx: Transaction, scope: CompanyScope, limit: number): Promise<LiveEvent[]> {
  return select(
    tx,
    sql`with e as (
        select newest.* from unnest(${pgArray(scope.companyIds)}::int[]) as ids (company_id)
        cross join lateral (
          select * from events where events.company_id = ids.company_id order by occurred_at desc, id desc limit ${limit}
        ) newest
        order by newest.occurred_at desc, newest.id desc limit ${limit}
      )
      select ${columns} from e ${joins} order by e.occurred_at desc, e.id desc`,
  );
}

/** Events of one company by instant (epoch milliseconds) and id, oldest first; those gone meanwhile are left out. */
export function eventsByReference(
  tx: Transaction,
  companyId: number,
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
      select ${columns} from wanted
      join events e on e.company_id = ${companyId} and e.occurred_at = wanted.at and e.id = wanted.id
      ${joins} order by e.id`,
  );
}
