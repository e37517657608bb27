import { sql, type SQL } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";
import { ACTING_KINDS } from "@/lib/domain/events/kinds";
import { kindSql, kindText, presenceAccountText } from "../kind-sql";
import { mergePresenceText, PRESENCE_EFFECTS, PRESENCE_FACTS, type PresenceEffect } from "./presence-facts";

/**
 * Derives when accounts and computers were first and last seen, and a computer's site and addresses, from all events
 * of the company. For events that were stored without the marks ingest makes beside them.
 *
 * What is newer than the newest event (a health check, say) stays. Rows that are right are not written.
 */
export async function refreshNames(tx: Transaction, { companyId }: CompanyWriteScope): Promise<void> {
  await tx.execute(sql`
    update accounts a set first_seen_at = least(a.first_seen_at, seen.first_at), last_seen_at = greatest(a.last_seen_at, seen.last_at)
    from (select account_id, min(occurred_at) as first_at, max(occurred_at) as last_at from events
      where company_id = ${companyId} group by account_id) seen
    where a.company_id = ${companyId} and a.id = seen.account_id
      and (a.first_seen_at > seen.first_at or a.last_seen_at < seen.last_at)`);
  await tx.execute(sql`
    update computers c set
      first_seen_at = least(c.first_seen_at, seen.first_at),
      last_seen_at = greatest(c.last_seen_at, seen.last_at),
      site_id = case when c.last_seen_at <= seen.last_at then newest.site_id else coalesce(c.site_id, newest.site_id) end,
      last_local_ip = case when c.last_seen_at <= seen.last_at then coalesce(newest.local_ip, c.last_local_ip) else coalesce(c.last_local_ip, newest.local_ip) end,
      last_public_ip = case when c.last_seen_at <= seen.last_at then coalesce(newest.public_ip, c.last_public_ip) else coalesce(c.last_public_ip, newest.public_ip) end
    from (select computer_id, min(occurred_at) as first_at, max(occurred_at) as last_at from events
        where company_id = ${companyId} group by computer_id) seen
      cross join lateral (
        select
          (select e.site_id from events e where e.company_id = ${companyId} and e.computer_id = seen.computer_id
            order by e.occurred_at desc, e.id desc limit 1) as site_id,
          (select e.local_ip from events e where e.company_id = ${companyId} and e.computer_id = seen.computer_id
            and e.local_ip is not null order by e.occurred_at desc, e.id desc limit 1) as local_ip,
          (select e.public_ip from events e where e.company_id = ${companyId} and e.computer_id = seen.computer_id
            and e.public_ip is not null order by e.occurred_at desc, e.id desc limit 1) as public_ip
      ) newest
    where c.company_id = ${companyId} and c.id = seen.computer_id
      and (c.first_seen_at > seen.first_at or c.last_seen_at < seen.last_at or c.site_id is null
        or (c.last_local_ip is null and newest.local_ip is not null)
        or (c.last_public_ip is null and newest.public_ip is not null))`);
}

/** Derives presence from all events of the company. What a newer event has told meanwhile stays. */
export async function refreshPresence(tx: Transaction, { companyId }: CompanyWriteScope): Promise<void> {
  await tx.execute(sql`
    with acting as (
      select *, ${sql.raw(presenceAccountText)} as who from events
      where company_id = ${companyId} and ${kindSql("kind", ACTING_KINDS)}
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
