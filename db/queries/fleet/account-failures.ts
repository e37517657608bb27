import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";
import { FAILURE_KINDS, KIND_CODE, kindFromCode, type EventKind } from "@/lib/domain/events/kinds";
import { epoch } from "../column-sql";
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

type StoredFailure = Omit<AccountFailure, "kind"> & { kind: number; total: number } & Record<string, unknown>;

/** The account's newest failed logons and lockouts since the instant, and how many there were. */
export async function listFailuresOf(
  tx: Transaction,
  scope: CompanyWriteScope,
  accountId: number,
  since: Date,
  limit: number,
): Promise<{ rows: AccountFailure[]; total: number }> {
  const kinds = [...FAILURE_KINDS].map((kind) => KIND_CODE[kind]);
  const rows = await tx.execute<StoredFailure>(sql`
    select e.id::float8 as id, e.kind, ${epoch("e.occurred_at")} as at, e.computer_id as "computerId",
      c.name as "computerName", ${addressSql} as address, e.status, e.sub_status as "subStatus",
      count(*) over ()::int as total
    from events e join computers c on c.company_id = e.company_id and c.id = e.computer_id
    where e.company_id = ${scope.companyId} and e.account_id = ${accountId}
      and e.kind = any(${pgArray(kinds)}::smallint[]) and e.occurred_at >= ${since.toISOString()}
    order by e.occurred_at desc, e.id desc limit ${limit}`);
  const found = rows.map(({ total, ...row }) => ({ total, row: { ...row, kind: kindFromCode(row.kind) } }));
  return { total: found[0]?.total ?? 0, rows: found.map(({ row }) => row) };
}
