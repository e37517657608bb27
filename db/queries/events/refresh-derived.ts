import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";

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

/**
 * Derives presence from all events of the company in the order of their times, ties by id, as if they had arrived one
 * by one. A row that a newer event has made meanwhile stays; rows that are right are not written.
 *
 * Large batches that arrive out of order leave the newest event but not when the unbroken presence began.
 */
export async function refreshPresence(tx: Transaction, { companyId }: CompanyWriteScope): Promise<void> {
  await tx.execute(sql`
    with acts as (
      select computer_id, case when kind >= 8 then -1 when kind = 7 then 0 else account_id end as who,
        site_id, kind, occurred_at, id
      from events where company_id = ${companyId} and kind between 1 and 9
    ), decided as (
      select *, count(*) filter (where kind in (1, 2, 3, 6)) over strand as decisions
      from acts window strand as (partition by computer_id, who order by occurred_at, id)
    ), states as (
      -- A pause after an end leaves the end in force.
      select *, case when kind in (4, 5) and first_value(kind) over decision = 6 then 6 else kind end as state
      from decided window decision as (partition by computer_id, who, decisions order by occurred_at, id)
    ), steps as (
      select *, lag(state) over strand as state_before, lag(occurred_at) over strand as at_before,
        lead(id) over strand is null as is_newest
      from states window strand as (partition by computer_id, who order by occurred_at, id)
    ), strands as (
      select computer_id, who, max(occurred_at) filter (where state_before is null or state_before = 6
        or occurred_at - at_before > interval '16 hours') as since_at, min(occurred_at) as first_at
      from steps group by computer_id, who
    )
    insert into presence (company_id, computer_id, account_id, site_id, kind, at, since_at, first_at)
    select ${companyId}::int, s.computer_id, s.who, s.site_id, s.state, s.occurred_at, b.since_at, b.first_at
    from steps s join strands b using (computer_id, who) where s.is_newest order by s.computer_id, s.who
    on conflict (company_id, computer_id, account_id) do update set
      kind = excluded.kind, at = excluded.at, site_id = excluded.site_id, since_at = excluded.since_at,
      first_at = least(presence.first_at, excluded.first_at)
    where presence.at <= excluded.at
      and ((presence.kind, presence.at, presence.site_id, presence.since_at)
          is distinct from (excluded.kind, excluded.at, excluded.site_id, excluded.since_at)
        or presence.first_at > excluded.first_at)`);
}
