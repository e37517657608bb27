import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";

/** What waits for a channel; epoch milliseconds. */
export interface WaitingRow extends Record<string, unknown> {
  oldestCriticalAt: number | null;
  oldestOtherAt: number | null;
}

export async function findWaiting(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  channelId: number,
): Promise<WaitingRow> {
  const [row] = await tx.execute<WaitingRow>(sql`
    select (extract(epoch from min(created_at) filter (where is_critical)) * 1000)::float8 as "oldestCriticalAt",
      (extract(epoch from min(created_at) filter (where not is_critical)) * 1000)::float8 as "oldestOtherAt"
    from notification_items
    where company_id = ${companyId} and channel_id = ${channelId} and group_id is null`);
  return row!;
}

export interface GroupedCount extends Record<string, unknown> {
  count: number;
  isCritical: boolean;
  hasWarning: boolean;
}

const countsSql = sql`count(*)::int as count, coalesce(bool_or(n.severity = 'critical'), false) as "isCritical",
  coalesce(bool_or(n.severity = 'warning'), false) as "hasWarning"`;

/** Puts what waits for the channel, or the critical of it, into one message. */
export async function groupWaiting(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  channelId: number,
  { groupId, takes, now }: { groupId: string; takes: "all" | "critical"; now: Date },
): Promise<GroupedCount> {
  const [row] = await tx.execute<GroupedCount>(sql`
    with told as (
      update notification_items set group_id = ${groupId}, told_at = ${now.toISOString()}
      where company_id = ${companyId} and channel_id = ${channelId} and group_id is null
        ${takes === "critical" ? sql`and is_critical` : sql``}
      returning notification_id
    )
    select ${countsSql} from told t join notifications n on n.company_id = ${companyId} and n.id = t.notification_id`);
  return row!;
}

/** What the channel was notified about that still holds and wasn't repeated since. */
const stillSoSql = (companyId: number, channelId: number) => sql`
  i.company_id = ${companyId} and i.channel_id = ${channelId} and i.told_at is not null and i.reminded_at is null
  and n.company_id = i.company_id and n.id = i.notification_id and n.subject is not null and n.ended_at is null`;

/** When the oldest of these was told, epoch milliseconds; null for none. */
export async function findOldestStillSo(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  channelId: number,
): Promise<number | null> {
  const [row] = await tx.execute<{ at: number | null }>(sql`
    select (extract(epoch from min(i.told_at)) * 1000)::float8 as at
    from notification_items i, notifications n where ${stillSoSql(companyId, channelId)}`);
  return row!.at;
}

/** Has what was told to the channel later than the instant, by a clock that was ahead, count as told then. */
export async function correctTold(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  channelId: number,
  now: Date,
): Promise<void> {
  await tx.execute(sql`
    update notification_items set told_at = ${now.toISOString()}
    where company_id = ${companyId} and channel_id = ${channelId} and told_at > ${now.toISOString()}
      and reminded_at is null`);
}

/** Puts those told before the instant into one reminder. */
export async function groupReminder(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  channelId: number,
  { groupId, toldBefore, now }: { groupId: string; toldBefore: Date; now: Date },
): Promise<GroupedCount> {
  const [row] = await tx.execute<GroupedCount>(sql`
    with reminded as (
      update notification_items i set reminder_group_id = ${groupId}, reminded_at = ${now.toISOString()}
      from notifications n
      where ${stillSoSql(companyId, channelId)} and i.told_at <= ${toldBefore.toISOString()}
      returning i.notification_id
    )
    select ${countsSql} from reminded r
    join notifications n on n.company_id = ${companyId} and n.id = r.notification_id`);
  return row!;
}

export interface ToldRow extends Record<string, unknown> {
  id: number;
  kind: string;
  severity: string;
  params: Record<string, unknown>;
  at: number;
  /** How many of its kind the message stands for. */
  kindCount: number;
}

/** What a message tells: of each kind the first `mostOfKind`, with how many there are. */
export async function listTold(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  { groupId, isReminder, mostOfKind }: { groupId: string; isReminder: boolean; mostOfKind: number },
): Promise<ToldRow[]> {
  const column = isReminder ? sql`i.reminder_group_id` : sql`i.group_id`;
  const rows = await tx.execute<ToldRow>(sql`
    select id, kind, severity, params, at, "kindCount" from (
      select n.id, n.kind, n.severity, n.params, (extract(epoch from n.created_at) * 1000)::float8 as at,
        count(*) over (partition by n.kind)::int as "kindCount",
        row_number() over (partition by n.kind order by n.id) as place
      from notification_items i
      join notifications n on n.company_id = i.company_id and n.id = i.notification_id
      where i.company_id = ${companyId} and ${column} = ${groupId}
    ) told where place <= ${mostOfKind} order by kind, id`);
  return [...rows];
}
