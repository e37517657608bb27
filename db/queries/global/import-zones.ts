import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";

/** The time zones of earlier imports as far as the audit trail goes back, in no order. */
export async function listImportZones(tx: Transaction): Promise<string[]> {
  const rows = await tx.execute<{ zone: string }>(sql`
    select distinct after ->> 'zone' as zone from audit_log
    where action = 'data.import' and after ->> 'zone' is not null`);
  return rows.map(({ zone }) => zone);
}
