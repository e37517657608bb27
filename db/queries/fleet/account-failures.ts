import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";
import { FAILURE_KINDS, KIND_CODE, kindFromCode, type EventKind } from "@/lib/domain/events/kinds";
import { addressSql } from "../events/failed-sql";
import { pgArray } from "../pg-array";

export interface AccountFailure {
  id: number;
  kind: EventKind;
  /** Epoch milliseconds. */
  at: number;
  computerId: number;
  computerName: string;
  /** Where it came from, as the filter by address takes it; null if unknown. */
  address: string | null;
  /** Windows' codes, as sent. */
  status: string | null;
  subStatus: string | null;
}

/** The account's newest failed logons and lockouts since the instant, and how many there were. */
export async function listFailuresOf(
  tx: Transaction,
  scope: CompanyWriteScope,
  accountId: number,
  since: Date,
  limit: number,
): Promise<{ rows: AccountFailure[]; total: number }> {
  const kinds = [...FAILURE_KINDS].map((kind) => KIND_CODE[kind]);
  const rows = await tx.execute<{
    id: string;
    kind: number;
    ms: string;
    computer_id: number;
    computer_name: string;
    address: string | null;
    status: string | null;
    sub_status: string | null;
    total: number;
  }>(sql`
    select e.id, e.kind, extract(epoch from e.occurred_at) * 1000 as ms, e.computer_id, c.name as computer_name,
      ${addressSql} as address, e.status, e.sub_status, count(*) over ()::int as total
    from events e join computers c on c.company_id = e.company_id and c.id = e.computer_id
    where e.company_id = ${scope.companyId} and e.account_id = ${accountId}
      and e.kind = any(${pgArray(kinds)}::smallint[]) and e.occurred_at >= ${since.toISOString()}
    order by e.occurred_at desc, e.id desc limit ${limit}`);
  return {
    total: rows[0]?.total ?? 0,
    rows: rows.map((row) => ({
      id: Number(row.id),
      kind: kindFromCode(row.kind),
      at: Number(row.ms),
      computerId: row.computer_id,
      computerName: row.computer_name,
      address: row.address,
      status: row.status,
      subStatus: row.sub_status,
    })),
  };
}
