import { sql } from "drizzle-orm";
import { companySql, sameCompanySql } from "../../scope-sql";
import type { Transaction } from "../../client";
import { KIND_CODE, START_KINDS } from "@/lib/domain/events/kinds";
import { epoch } from "../column-sql";
import { kindSql } from "../kind-sql";
import { instantSql, type EventMatch } from "../events/event-match";
import { matchSql } from "./match-sql";
import type { LogonGroup, LogonRow } from "@/lib/domain/reports/logon-columns";

const TABLE: Record<LogonGroup, string> = { account: "accounts", computer: "computers", site: "sites" };

/**
 * Logons of the match by account, computer or site, most logons first, then most of all starts, then by name. Needs
 * a range with an end.
 *
 * Counted by pairs of account and computer first: they are few, and each knows since when it exists.
 */
export async function countLogons(
  tx: Transaction,
  match: EventMatch,
  groupBy: LogonGroup,
  limit: number,
): Promise<LogonRow[]> {
  const column = sql.raw(`${groupBy}_id`);
  const siteColumn = sql.raw(groupBy === "site" ? ", site_id" : "");
  const known = sql`p.first_at >= ${instantSql(match.from)}`;
  const rows = await tx.execute<LogonRow & Record<string, unknown>>(sql`
    with pairs as (
      select e.company_id, e.account_id, e.computer_id${siteColumn},
        count(*) filter (where e.kind = ${KIND_CODE.logon}) as logons, count(*) filter (where e.kind = ${KIND_CODE.unlock}) as unlocks,
        count(*) filter (where e.kind = ${KIND_CODE.remote_connect}) as remote_connects, min(e.occurred_at) as first_at, max(e.occurred_at) as last_at
      from events e where ${matchSql(match)} and ${kindSql("e.kind", START_KINDS)}
      group by e.company_id, e.account_id, e.computer_id${siteColumn}
    ), groups as (
      select n.company_id, n.${column} as id, sum(n.logons) as logons, sum(n.unlocks) as unlocks,
        sum(n.remote_connects) as remote_connects, count(distinct n.account_id) as accounts,
        count(distinct n.computer_id) as computers, count(*) filter (where ${known}) as new_computers,
        min(n.first_at) as first_at, max(n.last_at) as last_at
      from pairs n left join presence p on ${sameCompanySql(match, "p.company_id", "n.company_id")} and p.computer_id = n.computer_id
        and p.account_id = n.account_id and ${companySql(match, "p.company_id")}
      group by n.company_id, n.${column}
    )
    select g.company_id as "companyId", co.name as "companyName", g.id, t.name, g.logons::float8 as logons,
      g.unlocks::float8 as unlocks, g.remote_connects::float8 as "remoteConnects", g.accounts::float8 as accounts,
      g.computers::float8 as computers, g.new_computers::float8 as "newComputers",
      ${epoch("g.first_at")} as "firstLogonAt", ${epoch("g.last_at")} as "lastLogonAt"
    from groups g join ${sql.raw(TABLE[groupBy])} t on ${sameCompanySql(match, "t.company_id", "g.company_id")} and t.id = g.id
    join app_auth_companies co on co.id = g.company_id
    order by g.logons desc, g.logons + g.unlocks + g.remote_connects desc, lower(t.name), g.company_id, g.id
    limit ${limit}`);
  return [...rows];
}
