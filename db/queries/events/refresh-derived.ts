import { sql, type SQL } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";
import { ACTING_KINDS } from "@/lib/domain/events/kinds";
import { kindSql, kindText, presenceAccountText } from "../kind-sql";
import { pgArray } from "../pg-array";
import { localIpSql, publicIpSql } from "./address-sql";
import { mergePresenceText, PRESENCE_EFFECTS, PRESENCE_FACTS, type PresenceEffect } from "./presence-facts";

/**
 * Derives when accounts and computers were first and last seen, and a computer's site, addresses and agent version,
 * from all events of the company, or from those received since an instant. For events that were stored without the
 * marks that ingest makes a few seconds later.
 *
 * What is newer than the newest event (a health check, say) stays. Rows that are right are not written.
 */
export async function refreshNames(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  receivedSince: Date | null = null,
): Promise<void> {
  const heard = sql`company_id = ${companyId}
    ${receivedSince ? sql`and received_at >= ${receivedSince.toISOString()}` : sql``}`;
  await tx.execute(sql`
    update accounts a set first_seen_at = least(a.first_seen_at, seen.first_at), last_seen_at = greatest(a.last_seen_at, seen.last_at)
    from (select account_id, min(occurred_at) as first_at, max(occurred_at) as last_at from events
      where ${heard} group by account_id) seen
    where a.company_id = ${companyId} and a.id = seen.account_id
      and (a.first_seen_at > seen.first_at or a.last_seen_at < seen.last_at)`);
  const told = (value: SQL, at: string) => sql`(
        select ${value} from events e
        where e.company_id = ${companyId} and e.computer_id = seen.computer_id and e.occurred_at = seen.${sql.raw(at)}
          and ${value} is not null order by e.id desc limit 1)`;
  const latest = (column: string, at: string, value: SQL) => sql`
        case when c.${sql.raw(at)} > seen.${sql.raw(at)} then c.${sql.raw(column)}
          else coalesce(${told(value, at)}, c.${sql.raw(column)}) end as ${sql.raw(column)},
        greatest(c.${sql.raw(at)}, seen.${sql.raw(at)}) as ${sql.raw(at)}`;
  await tx.execute(sql`
    update computers c set (${sql.raw(COMPUTER_COLUMNS)}) = (select ${sql.raw(inRow("derived"))})
    from (
      select c.id, least(c.first_seen_at, seen.first_at) as first_seen_at,
        greatest(c.last_seen_at, seen.last_at) as last_seen_at,
        case when c.last_seen_at > seen.last_at and c.site_id is not null then c.site_id
          else ${told(sql`e.site_id`, "last_at")} end as site_id,
        ${latest("last_local_ip", "local_ip_at", localIpSql)},
        ${latest("last_public_ip", "public_ip_at", publicIpSql)},
        ${latest("agent_version", "agent_version_at", sql`e.agent_version`)}
      from (select computer_id, min(occurred_at) as first_at, max(occurred_at) as last_at,
          max(occurred_at) filter (where num_nonnulls(local_ip, local_ipv4) > 0) as local_ip_at,
          max(occurred_at) filter (where num_nonnulls(public_ip, public_ipv4) > 0) as public_ip_at,
          max(occurred_at) filter (where agent_version is not null) as agent_version_at
        from events where ${heard} group by computer_id) seen
      join computers c on c.company_id = ${companyId} and c.id = seen.computer_id
    ) derived
    where c.company_id = ${companyId} and c.id = derived.id
      and (${sql.raw(inRow("c"))}) is distinct from (${sql.raw(inRow("derived"))})`);
}

const COMPUTER_COLUMNS =
  "first_seen_at, last_seen_at, site_id, last_local_ip, local_ip_at, last_public_ip, public_ip_at, agent_version, agent_version_at";

function inRow(table: string): string {
  return COMPUTER_COLUMNS.split(", ")
    .map((column) => `${table}.${column}`)
    .join(", ");
}

/** Derives presence from all events of the company, or of some computers. What a newer event has told meanwhile stays. */
export async function refreshPresence(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  computerIds: readonly number[] | null = null,
): Promise<void> {
  await tx.execute(sql`
    with acting as (
      select *, ${sql.raw(presenceAccountText)} as who from events
      where company_id = ${companyId} and ${kindSql("kind", ACTING_KINDS)}
        ${computerIds ? sql`and computer_id = any(${pgArray(computerIds)}::int[])` : sql``}
    ), newest as (
      select distinct on (computer_id, who) computer_id, who, site_id, kind, occurred_at from acting
      order by computer_id, who, occurred_at desc, id desc
    ), facts as (
      select computer_id, who, min(occurred_at) as first_at, ${newestOf("start")}, ${newestOf("end")}, ${newestOf("pause")}
      from acting group by computer_id, who
    )
    insert into presence (company_id, computer_id, account_id, site_id, kind, at, first_at, ${sql.raw(PRESENCE_FACTS)})
    select ${companyId}::int, n.computer_id, n.who, n.site_id, n.kind, n.occurred_at, f.first_at, ${sql.raw(PRESENCE_FACTS)}
    from newest n join facts f using (computer_id, who) order by n.computer_id, n.who
    on conflict (company_id, computer_id, account_id) do update set ${sql.raw(mergePresenceText)}`);
}

/** The newest event of an effect, by time and then order received. */
function newestOf(effect: PresenceEffect): SQL {
  const which = kindText("kind", PRESENCE_EFFECTS[effect]);
  return sql.raw(`max(occurred_at) filter (where ${which}) as ${effect}_at,
        (array_agg(id order by occurred_at desc, id desc) filter (where ${which}))[1] as ${effect}_id`);
}
