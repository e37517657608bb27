import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";
import { rangeSql } from "../events/event-match";
import { eventColumns, nameJoinsSql, toEventRow, type StoredEventRow } from "../events/event-rows";
import { kindSql } from "../kind-sql";
import { pgArray } from "../pg-array";
import { COMPUTER_KINDS, SESSION_KINDS } from "@/lib/domain/events/kinds";
import type { EventRow } from "@/lib/domain/events/event-row";

/**
 * What decides on an account's time on the computers: its own starts, pauses and ends, and every sleep, shutdown and
 * startup of those computers; by time and then order received. Instants are epoch milliseconds, `to` not included.
 */
export async function listEvidence(
  tx: Transaction,
  scope: CompanyWriteScope,
  accountId: number,
  computerIds: readonly number[],
  range: { from: number; to: number },
): Promise<EventRow[]> {
  const rows = await tx.execute<StoredEventRow>(sql`
    select ${eventColumns}
    from unnest(${pgArray(computerIds)}::int[]) as asked (id)
    cross join lateral (
      select * from events e where e.company_id = ${scope.companyId} and e.computer_id = asked.id and ${rangeSql(range)}
        and (${kindSql("e.kind", COMPUTER_KINDS)} or (${kindSql("e.kind", SESSION_KINDS)} and e.account_id = ${accountId}))
    ) e ${nameJoinsSql(scope)}
    order by e.occurred_at, e.id`);
  return rows.map(toEventRow);
}
