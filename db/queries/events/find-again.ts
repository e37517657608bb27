import type postgres from "postgres";
import { pgArray } from "../pg-array";
import type { TenantRows } from "./tenant-rows";

/** What tells an event from all others. */
interface EventIdentity {
  companyId: number;
  /** Epoch milliseconds. */
  occurredAt: number;
  /** 32 hex digits. */
  fingerprint: string;
}

/** The places of those events that are stored already, from 0. */
export async function findAgain(
  sql: postgres.ReservedSql,
  events: readonly EventIdentity[],
  tenants: TenantRows,
): Promise<Set<number>> {
  const rows = await sql<{ place: string }[]>`
    select sent.place from unnest(
      ${pgArray(events.map(({ companyId }) => companyId))}::int[],
      ${pgArray(events.map(({ occurredAt }) => occurredAt))}::float8[],
      ${pgArray(events.map(({ fingerprint }) => fingerprint))}::uuid[]
    ) with ordinality as sent (company_id, at, fingerprint, place)
    join events e on e.company_id = sent.company_id and e.occurred_at = to_timestamp(sent.at / 1000.0)
      and e.fingerprint = sent.fingerprint ${tenants.within("e.company_id")}`.execute();
  return new Set(rows.map(({ place }) => Number(place) - 1));
}
