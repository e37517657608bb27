import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";
import { pgArray } from "../pg-array";

/** From where on the stored time of a computer is void; epoch milliseconds. */
export interface LateNote {
  computerId: number;
  at: number;
}

/**
 * Makes stored time void, for readers at once; the job stores it anew. Nothing is asked of the database without notes.
 *
 * On a Citus cluster the ids come from the coordinator's sequence, so they are taken first, and `tenants` tells the node.
 */
export async function noteLate(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  notes: readonly LateNote[],
): Promise<void> {
  if (notes.length === 0) return;
  const ids = await tx.execute<{ id: string }>(sql`
    select nextval('time_spent_late_id_seq') as id from generate_series(1, ${notes.length}::int)`);
  await tx.execute(sql`
    insert into time_spent_late (company_id, id, computer_id, at) overriding system value
    select t.company_id, noted.* from tenants t cross join unnest(
      ${pgArray(ids.map(({ id }) => id))}::bigint[], ${pgArray(notes.map(({ computerId }) => computerId))}::int[],
      ${pgArray(notes.map(({ at }) => new Date(at).toISOString()))}::timestamptz[]) as noted (id, computer_id, at)
    where t.company_id = ${companyId}`);
}
