import { sql, type SQL } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyScope } from "../../scope";
import { companySql } from "../../scope-sql";
import { kindFromCode, type EventKind } from "@/lib/domain/events/kinds";
import { epoch } from "../column-sql";
import { isAccountSql } from "../kind-sql";

/** An account and a computer on which it had a session; instants in epoch milliseconds. */
export interface Acquaintance {
  companyId: number;
  accountId: number;
  userName: string;
  computerId: number;
  computerName: string;
  siteName: string | null;
  /** The newest start, pause or end of a session, and when it was. */
  kind: EventKind;
  lastAt: number;
  firstAt: number;
}

export interface AcquaintanceList {
  rows: Acquaintance[];
  /** How many there are; the list may hold fewer. */
  total: number;
}

type StoredAcquaintance = Omit<Acquaintance, "kind"> & { kind: number; total: number } & Record<
    string,
    unknown
  >;

/** Who has used the computer, the last first. */
export function listUsersOf(tx: Transaction, scope: CompanyScope, computerId: number, limit: number) {
  return list(tx, scope, sql`p.computer_id = ${computerId}`, limit);
}

/** Which computers the account has used, the last first. */
export function listComputersOf(tx: Transaction, scope: CompanyScope, accountId: number, limit: number) {
  return list(tx, scope, sql`p.account_id = ${accountId}`, limit);
}

async function list(
  tx: Transaction,
  scope: CompanyScope,
  condition: SQL,
  limit: number,
): Promise<AcquaintanceList> {
  const rows = await tx.execute<StoredAcquaintance>(sql`
    select p.company_id as "companyId", p.account_id as "accountId", a.name as "userName",
      p.computer_id as "computerId", c.name as "computerName", s.name as "siteName", p.kind,
      ${epoch("p.at")} as "lastAt", ${epoch("p.first_at")} as "firstAt", count(*) over ()::int as total
    from presence p
    join accounts a on a.company_id = p.company_id and a.id = p.account_id
    join computers c on c.company_id = p.company_id and c.id = p.computer_id
    left join sites s on s.company_id = p.company_id and s.id = p.site_id
    where ${companySql(scope, "p.company_id")} and ${isAccountSql("p.account_id")} and ${condition}
    order by p.at desc, p.computer_id, p.account_id limit ${limit}`);
  const found = rows.map(({ total, ...row }) => ({ total, row: { ...row, kind: kindFromCode(row.kind) } }));
  return { total: found[0]?.total ?? 0, rows: found.map(({ row }) => row) };
}
