import { sql, type SQL } from "drizzle-orm";
import { sameCompanySql, type Companies } from "../../scope-sql";
import {
  COMPUTER_KINDS,
  COMPUTER_PAUSE_KINDS,
  DECIDING_KINDS,
  PAUSE_KINDS,
  POWER_KINDS,
  START_KINDS,
} from "@/lib/domain/events/kinds";
import { POWER_ACCOUNT, SLEEP_ACCOUNT } from "@/lib/domain/presence/pseudo-accounts";
import { instantSql } from "../events/event-match";
import { isAccountSql, kindSql } from "../kind-sql";

/** The moment of which presence is asked. */
export interface PresenceMoment {
  /** Epoch milliseconds. */
  now: number;
  /** No account counts as active, or its computer as locked, for longer than this. */
  longestSessionHours: number;
}

const HOUR_MILLISECONDS = 3_600_000;

/** What a query of presence `p` says to learn who is on their computers. */
export interface PresentSql {
  /** Follows `presence p`; the others are for a query with it. */
  join: SQL;
  /** Whether the account of `p` is signed in to its computer, and is active there. */
  isPresent: SQL;
  isActive: SQL;
  /** When what an account is present with began: of one that is active its start, else the pause. For few rows: it looks into events. */
  since: SQL;
}

/**
 * Whether the account of presence `p` is on its computer: by the rules of Time Spent (lib/domain/presence/
 * who-was-on.ts), told from the newest start, end and pause instead of from all events.
 *
 * A start is in force while neither an end nor a shutdown or startup is newer; with a pause since, the computer is
 * locked. An active session, and a lock that nothing has ended, last no longer than the longest session. Events of
 * clocks that are ahead count once their time has come; until then the events before them are looked up, as `begun`.
 *
 * Citus plans no lateral join that reads from no table, so what is in force is spelled out where it is asked.
 */
export function presentSql(scope: Companies, { now, longestSessionHours }: PresenceMoment): PresentSql {
  const at = instantSql(now);
  const oldest = instantSql(now - longestSessionHours * HOUR_MILLISECONDS);
  const newest = sql.raw(
    "greatest(p.start_at, p.end_at, p.pause_at, slept.pause_at, ended.end_at, '-infinity')",
  );
  const join = sql`
  left join presence slept on ${sameCompanySql(scope, "slept.company_id", "p.company_id")} and slept.computer_id = p.computer_id
    and slept.account_id = ${sql.raw(String(SLEEP_ACCOUNT))}
  left join presence ended on ${sameCompanySql(scope, "ended.company_id", "p.company_id")} and ended.computer_id = p.computer_id
    and ended.account_id = ${sql.raw(String(POWER_ACCOUNT))}
  left join lateral (
    select d.occurred_at as start_at, d.id as start_id, ${firstPauseSql(scope, "d.occurred_at", "d.id", at)} is not null as is_paused
    from (
      select e.occurred_at, e.id, e.kind from events e
      where ${sameCompanySql(scope, "e.company_id", "p.company_id")} and e.account_id = p.account_id and e.computer_id + 0 = p.computer_id
        and ${kindSql("e.kind", DECIDING_KINDS)} and e.occurred_at <= ${at}
      order by e.occurred_at desc, e.id desc limit 1
    ) d
    where ${newest} > ${at} and ${kindSql("d.kind", START_KINDS)} and not exists (
      select 1 from events e
      where ${sameCompanySql(scope, "e.company_id", "p.company_id")} and e.computer_id = p.computer_id and ${kindSql("e.kind", COMPUTER_KINDS)}
        and ${kindSql("e.kind", POWER_KINDS)} and (e.occurred_at, e.id) > (d.occurred_at, d.id)
        and e.occurred_at <= ${at})
  ) begun on true`;
  const startAt = "coalesce(begun.start_at, p.start_at)";
  const isPaused = sql.raw(`case when begun.start_at is not null then begun.is_paused
    else coalesce((p.pause_at, p.pause_id) > (p.start_at, p.start_id), false)
      or coalesce((slept.pause_at, slept.pause_id) > (p.start_at, p.start_id), false) end`);
  const isInForce = sql`(begun.start_at is not null or (${newest} <= ${at}
    and (p.end_at is null or (p.start_at, p.start_id) > (p.end_at, p.end_id))
    and (ended.end_at is null or (p.start_at, p.start_id) > (ended.end_at, ended.end_id))))`;
  const firstPause = firstPauseSql(scope, startAt, "coalesce(begun.start_id, p.start_id)", at);
  const isPresent = sql`(${isAccountSql("p.account_id")} and greatest(p.at, slept.pause_at) > ${oldest} and ${isInForce}
    and (${sql.raw(startAt)} > ${oldest} or (${isPaused} and ${firstPause} > ${oldest})))`;
  return {
    join,
    isPresent,
    // One that is active is held by its start alone.
    isActive: sql`(${isAccountSql("p.account_id")} and greatest(p.at, slept.pause_at) > ${oldest} and ${isInForce}
      and ${sql.raw(startAt)} > ${oldest} and not ${isPaused})`,
    since: sql`case when ${isPaused} then ${firstPause} else ${sql.raw(startAt)} end`,
  };
}

/** The first pause of the account of `p` after an event and up to the moment; a sleep of the computer is one. */
function firstPauseSql(scope: Companies, startAt: string, startId: string, at: SQL): SQL {
  const after = sql`(e.occurred_at, e.id) > (${sql.raw(startAt)}, ${sql.raw(startId)}) and e.occurred_at <= ${at}`;
  // Adding 0 keeps the planner off a shared computer's index, where it would pass by everybody else's events.
  return sql`least((
      select e.occurred_at from events e
      where ${sameCompanySql(scope, "e.company_id", "p.company_id")} and e.account_id = p.account_id and e.computer_id + 0 = p.computer_id
        and ${kindSql("e.kind", PAUSE_KINDS)} and ${after} order by e.occurred_at limit 1
    ), (
      select e.occurred_at from events e
      where ${sameCompanySql(scope, "e.company_id", "p.company_id")} and e.computer_id = p.computer_id and ${kindSql("e.kind", COMPUTER_KINDS)}
        and ${kindSql("e.kind", COMPUTER_PAUSE_KINDS)} and ${after} order by e.occurred_at limit 1
    ))`;
}
