import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";

/**
 * The time zones of earlier imports, in no order: those that runs remembered before their first log, and those of earlier
 * releases as far as the audit trail goes back.
 */
export async function listImportZones(tx: Transaction): Promise<string[]> {
  const rows = await tx.execute<{ zone: string }>(sql`
    select original as zone from imported_rows where kind = 'zone'
    union select after ->> 'zone' from audit_log where action = 'data.import' and after ->> 'zone' is not null`);
  return rows.map(({ zone }) => zone);
}
