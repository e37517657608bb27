import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyScope } from "../../scope";
import { localIpSql, publicIpSql } from "../events/address-sql";
import { findNamed } from "../events/match-names";
import { eventTypeSql } from "../kind-sql";
import { pgArray } from "../pg-array";
import { isoSql } from "./iso-sql";

/** One event with everything stored of it; instants as RFC 3339 text in UTC. */
export interface HeldEvent extends Record<string, unknown> {
  id: string;
  occurred_at: string;
  received_at: string;
  kind: number;
  event_type: string;
  computer: string;
  site: string;
  local_ip: string | null;
  public_ip: string | null;
  source_ip: string | null;
  logon_type: number | null;
  status: string | null;
  sub_status: string | null;
  session_id: string | null;
  agent_event_id: string | null;
  agent_version: string | null;
  retry: number;
  is_clock_skewed: boolean;
}

/** The account's events oldest first, behind the last of the page before. */
export async function listHeldEvents(
  tx: Transaction,
  scope: CompanyScope,
  accountId: number,
  after: Pick<HeldEvent, "occurred_at" | "id"> | null,
  limit: number,
): Promise<HeldEvent[]> {
  const rows = await tx.execute<HeldEvent>(sql`
    select e.id, ${isoSql("e.occurred_at")} as occurred_at, ${isoSql("e.received_at")} as received_at, e.kind, ${eventTypeSql} as event_type,
      c.name as computer, s.name as site, ${localIpSql} as local_ip, ${publicIpSql} as public_ip, e.source_ip,
      e.logon_type, e.status, e.sub_status, e.session_id, e.agent_event_id, e.agent_version, coalesce(e.retry, 0) as retry, e.is_clock_skewed
    from events e
    join computers c on c.company_id = e.company_id and c.id = e.computer_id
    join sites s on s.company_id = e.company_id and s.id = e.site_id
    where e.company_id = ${scope.companyIds[0]} and e.account_id = ${accountId}
      ${after ? sql`and e.occurred_at >= ${after.occurred_at} and (e.occurred_at, e.id) > (${after.occurred_at}::timestamptz, ${after.id}::bigint)` : sql``}
    order by e.occurred_at, e.id limit ${limit}`);
  return [...rows];
}

export interface HeldPresence extends Record<string, unknown> {
  computer: string;
  site: string;
  kind: number;
  at: string;
  first_at: string;
  start_at: string | null;
  end_at: string | null;
  pause_at: string | null;
}

/** What is kept of where the account was last, a row a computer. */
export async function listHeldPresence(
  tx: Transaction,
  scope: CompanyScope,
  accountId: number,
): Promise<HeldPresence[]> {
  const rows = await tx.execute<HeldPresence>(sql`
    select c.name as computer, s.name as site, p.kind, ${isoSql("p.at")} as at, ${isoSql("p.first_at")} as first_at,
      ${isoSql("p.start_at")} as start_at, ${isoSql("p.end_at")} as end_at, ${isoSql("p.pause_at")} as pause_at
    from presence p
    join computers c on c.company_id = p.company_id and c.id = p.computer_id
    join sites s on s.company_id = p.company_id and s.id = p.site_id
    where p.company_id = ${scope.companyIds[0]} and p.account_id = ${accountId} order by p.at`);
  return [...rows];
}

export interface HeldNotification extends Record<string, unknown> {
  at: string;
  kind: string;
  params: object;
}

/** Notifications about the account, oldest first. */
export async function listHeldNotifications(
  tx: Transaction,
  scope: CompanyScope,
  accountId: number,
): Promise<HeldNotification[]> {
  const rows = await tx.execute<HeldNotification>(sql`
    select ${isoSql("created_at")} as at, kind, params from notifications
    where company_id = ${scope.companyIds[0]} and account_id = ${accountId} order by id`);
  return [...rows];
}

/** What rules remember of the account at present. */
export async function listHeldMemories(
  tx: Transaction,
  scope: CompanyScope,
  accountId: number,
): Promise<{ rule: string; computer: string | null; memory: unknown }[]> {
  const rows = await tx.execute<{ rule: string; computerId: number | null; memory: unknown }>(sql`
    select rule, null::int as "computerId", memory from detection_states
    where company_id = ${scope.companyIds[0]} and subject_key = ${`account:${accountId}`}
    union all
    select s.rule, split_part(s.subject_key, ':', 2)::int, s.memory -> 'users' -> ${String(accountId)}
    from detection_states s
    where s.company_id = ${scope.companyIds[0]} and s.subject_key like 'computer:%'
      and s.memory -> 'users' ? ${String(accountId)}
    order by 1, 2`);
  const found = await findNamed(
    tx,
    scope,
    "computers",
    rows.flatMap(({ computerId }) => computerId ?? []),
  );
  const names = new Map(found.map(({ id, name }) => [id, name]));
  return rows.map(({ rule, computerId, memory }) => ({
    rule,
    computer: computerId === null ? null : (names.get(computerId) ?? null),
    memory,
  }));
}

/** Tags that people gave the account or took from it. */
export async function listHeldTags(
  tx: Transaction,
  scope: CompanyScope,
  accountId: number,
): Promise<{ tag: string; hasTag: boolean }[]> {
  const rows = await tx.execute<{ tag: string; hasTag: boolean }>(sql`
    select tag, has_tag as "hasTag" from account_tags
    where company_id = ${scope.companyIds[0]} and account_id = ${accountId} order by tag`);
  return [...rows];
}

/** Why the account may work at any time, and until when. */
export async function listHeldExemptions(
  tx: Transaction,
  scope: CompanyScope,
  accountId: number,
): Promise<{ reason: string; endsAt: string | null }[]> {
  const rows = await tx.execute<{ reason: string; endsAt: string | null }>(sql`
    select reason, ${isoSql("ends_at")} as "endsAt" from calendar_exemptions
    where company_id = ${scope.companyIds[0]} and account_id = ${accountId} order by id`);
  return [...rows];
}

/** Patterns that are one of these names. */
export async function listHeldPatterns(
  tx: Transaction,
  scope: CompanyScope,
  names: readonly string[],
): Promise<{ tag: string; pattern: string }[]> {
  const rows = await tx.execute<{ tag: string; pattern: string }>(sql`
    select tag, pattern from tag_patterns
    where company_id = ${scope.companyIds[0]} and pattern_key = any(${pgArray(names)}::text[])
    order by id`);
  return [...rows];
}

/** Which channels hear of the account alone, or of a few of which it is one. */
export async function listHeldSubscriptions(
  tx: Transaction,
  scope: CompanyScope,
  accountId: number,
): Promise<{ channel: string; kinds: string[]; severities: string[] }[]> {
  const rows = await tx.execute<{ channel: string; kinds: string[]; severities: string[] }>(sql`
    select c.name as channel, s.kinds, s.severities from notification_subscriptions s
    join notification_channels c on c.company_id = s.company_id and c.id = s.channel_id
    where s.company_id = ${scope.companyIds[0]} and c.company_id = ${scope.companyIds[0]}
      and s.account_ids @> array[${accountId}::int]
    order by s.id`);
  return [...rows];
}

export interface HeldAuditRow extends Record<string, unknown> {
  at: string;
  action: string;
  actor: string | null;
}

/** What users of the portal did with the account or decided on it by its id, as the trail tells it. */
export async function listHeldAudit(
  tx: Transaction,
  scope: CompanyScope,
  accountId: number,
): Promise<HeldAuditRow[]> {
  const rows = await tx.execute<HeldAuditRow>(sql`
    select ${isoSql("at")} as at, action, actor_name as actor from audit_log
    where company_id = ${scope.companyIds[0]} and (target_type = 'account' and target_id = ${String(accountId)}
      or coalesce(after, before) -> 'accountId' = ${String(accountId)}::jsonb
      or coalesce(after, before) -> 'accountIds' @> ${String(accountId)}::jsonb)
    order by seq`);
  return [...rows];
}
