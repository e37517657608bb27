import { sql, type SQL } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyScope } from "../../scope";
import { containsPattern } from "../events/match-names";
import { pgArray } from "../pg-array";
import type { NamePlace } from "@/lib/domain/list-page";
import type { ListedAccount, ListedComputer } from "@/lib/domain/reports/name-list";

export interface NameWalk {
  /** Contained in the name, folded like its key; empty is any. */
  foldedText: string;
  /** Where to go on, not included; null from the beginning. */
  after: NamePlace | null;
  limit: number;
}

/** A row with the place that a page ends at. */
export type Placed<Row> = Row & { nameKey: string };

interface NameRow extends Record<string, unknown> {
  company_id: number;
  id: number;
  name: string;
  name_key: string;
  first_ms: string;
  last_ms: string;
}

interface ComputerRow extends NameRow {
  site_name: string | null;
  last_local_ip: string | null;
  last_public_ip: string | null;
  agent_version: string | null;
  health_ms: string | null;
}

const seenColumns = sql`n.company_id, n.id, n.name, n.name_key,
  extract(epoch from n.first_seen_at) * 1000 as first_ms, extract(epoch from n.last_seen_at) * 1000 as last_ms`;

/** What holds of the rows `n` from the place on, in the order of name, company and id. */
function walkSql(scope: CompanyScope, { foldedText, after, limit }: NameWalk): SQL {
  const matching = foldedText === "" ? sql`` : sql` and n.name_key like ${containsPattern(foldedText)}`;
  const beyond = after
    ? sql` and (n.name_key, n.company_id, n.id) > (${after.nameKey}, ${after.companyId}, ${after.id})`
    : sql``;
  return sql`where n.company_id = any(${pgArray(scope.companyIds)}::int[])${matching}${beyond}
    order by n.name_key, n.company_id, n.id limit ${limit}`;
}

/** The scope's accounts by name, ties by company and id. */
export async function listAccounts(
  tx: Transaction,
  scope: CompanyScope,
  walk: NameWalk,
): Promise<Placed<ListedAccount>[]> {
  const rows = await tx.execute<NameRow>(sql`select ${seenColumns} from accounts n ${walkSql(scope, walk)}`);
  return rows.map(seenRow);
}

/** The scope's computers by name, ties by company and id. */
export async function listComputers(
  tx: Transaction,
  scope: CompanyScope,
  walk: NameWalk,
): Promise<Placed<ListedComputer>[]> {
  const rows = await tx.execute<ComputerRow>(sql`
    select ${seenColumns}, s.name as site_name, n.last_local_ip, n.last_public_ip, n.agent_version,
      extract(epoch from n.last_health_at) * 1000 as health_ms
    from computers n left join sites s on s.company_id = n.company_id and s.id = n.site_id ${walkSql(scope, walk)}`);
  return rows.map((row) => ({
    ...seenRow(row),
    siteName: row.site_name,
    localIp: row.last_local_ip,
    publicIp: row.last_public_ip,
    agentVersion: row.agent_version,
    lastHealthAt: row.health_ms === null ? null : Number(row.health_ms),
  }));
}

function seenRow(row: NameRow): Placed<ListedAccount> {
  return {
    companyId: row.company_id,
    id: row.id,
    name: row.name,
    nameKey: row.name_key,
    firstSeenAt: Number(row.first_ms),
    lastSeenAt: Number(row.last_ms),
  };
}
