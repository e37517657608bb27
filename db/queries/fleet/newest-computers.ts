import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyScope } from "../../scope";
import { companySql } from "../../scope-sql";

export interface NewestComputer extends Record<string, unknown> {
  company_id: number;
  id: number;
  name: string;
  site_name: string | null;
  /** Epoch milliseconds. */
  first_ms: string;
  agent_version: string | null;
}

/** The computers that came last, by when the portal first stored their name, newest first. */
export function listNewestComputers(
  tx: Transaction,
  scope: CompanyScope,
  limit: number,
): Promise<NewestComputer[]> {
  return tx.execute<NewestComputer>(sql`
    select c.company_id, c.id, c.name, s.name as site_name, c.agent_version,
      (extract(epoch from c.first_seen_at) * 1000)::bigint as first_ms
    from computers c
    left join sites s on s.company_id = c.company_id and s.id = c.site_id
    where ${companySql(scope, "c.company_id")}
    order by c.id desc
    limit ${limit}`);
}

/** Whether some computer was first seen before the instant. */
export async function hasComputerBefore(tx: Transaction, scope: CompanyScope, at: Date): Promise<boolean> {
  const [row] = await tx.execute<{ found: boolean }>(sql`
    select exists (select 1 from computers
      where ${companySql(scope, "company_id")} and first_seen_at < ${at.toISOString()}) as found`);
  return row!.found;
}

/** Whether an agent package was ever downloaded, as the audit trail tells. */
export async function hasAgentPackage(tx: Transaction, scope: CompanyScope): Promise<boolean> {
  const [row] = await tx.execute<{ found: boolean }>(sql`
    select exists (select 1 from audit_log
      where ${companySql(scope, "company_id")}
        and action = 'agent-package.download' and outcome = 'success') as found`);
  return row!.found;
}
