import { sql, type SQL } from "drizzle-orm";
import { UNNAMED_SOURCES } from "@/lib/domain/events/event-facts";
import { pgArray } from "../pg-array";
import { localIpSql } from "./address-sql";

/** What an event says of why it failed; texts as the agent sent them, empty where it sent none. */
export interface StatedReason {
  kind: number;
  status: string;
  subStatus: string;
}

/** Conditions that only failed logons and lockouts can fulfil. */
export interface FailedMatch {
  /** One address, all that begin so (with * at the end), or - for failures that name none; null is any. */
  address: string | null;
  /** Every combination of the wanted reason; null is any. */
  reasons: readonly StatedReason[] | null;
}

const unnamedSql = sql.raw(UNNAMED_SOURCES.map((source) => `'${source}'`).join(", "));

/**
 * Where an attempt came from, as failureSource says it: the address Windows names, else the computer's own. The public
 * address is no help: all of an office share it. In literals, as grouping by it needs the same text each time.
 */
export const addressSql: SQL = sql`case when btrim(e.source_ip) in (${unnamedSql}) then ${localIpSql}
  else coalesce(btrim(e.source_ip), ${localIpSql}) end`;

export const statedSql: SQL = sql`e.kind, coalesce(e.status, ''), coalesce(e.sub_status, '')`;

/** The conditions of event `e`, each with a leading `and`. */
export function failedSql({ address, reasons }: FailedMatch): SQL {
  const parts = [
    ...(address === null ? [] : [sql` and ${addressIsSql(address)}`]),
    ...(reasons === null ? [] : [sql` and (${statedSql}) in (${stated(reasons)})`]),
  ];
  return sql.join(parts, sql``);
}

function addressIsSql(address: string): SQL {
  if (address === "-") return sql`${addressSql} is null`;
  if (address.endsWith("*")) return sql`starts_with(${addressSql}, ${address.slice(0, -1)})`;
  return sql`${addressSql} = ${address}`;
}

function stated(reasons: readonly StatedReason[]): SQL {
  const column = (pick: (reason: StatedReason) => string | number) => pgArray(reasons.map(pick));
  return sql`select * from unnest(${column(({ kind }) => kind)}::smallint[], ${column(({ status }) => status)}::text[],
    ${column(({ subStatus }) => subStatus)}::text[])`;
}
