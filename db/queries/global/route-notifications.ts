import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import { pgArray } from "../pg-array";

export interface PickedNotification extends Record<string, unknown> {
  companyId: number;
  id: number;
}

/** Up to `limit` notifications that no server has looked for channels for yet, locked; those others hold are left out. */
export async function pickUnrouted(tx: Transaction, limit: number): Promise<PickedNotification[]> {
  const rows = await tx.execute<PickedNotification>(sql`
    select company_id as "companyId", id from notifications where not is_routed
    order by company_id, id limit ${limit} for update skip locked`);
  return [...rows];
}

const pickedSql = (picked: readonly PickedNotification[]) => sql`
  unnest(${pgArray(picked.map(({ companyId }) => companyId))}::int[], ${pgArray(picked.map(({ id }) => id))}::int[])
    as picked (company_id, id)`;

/** Locks the companies' channels that are in use, in the order of their keys, as everybody does who adds to them. */
export async function lockChannelsOf(tx: Transaction, companyIds: readonly number[]): Promise<void> {
  await tx.execute(sql`
    select from notification_channels
    where company_id = any(${pgArray([...new Set(companyIds)])}::int[]) and disabled_at is null
    order by company_id, id for update`);
}

/** Notes for each channel what its subscriptions want of the picked, and that they are looked after; gives the channels. */
export async function routePicked(
  tx: Transaction,
  picked: readonly PickedNotification[],
): Promise<{ companyId: number; channelId: number }[]> {
  const rows = await tx.execute<{ company_id: number; channel_id: number }>(sql`
    with wanted as (
      insert into notification_items (company_id, channel_id, notification_id, is_critical, created_at)
      select distinct n.company_id, s.channel_id, n.id, n.severity = 'critical', n.created_at
      from ${pickedSql(picked)}
      join notifications n on n.company_id = picked.company_id and n.id = picked.id
      join notification_subscriptions s on s.company_id = n.company_id and n.kind = any(s.kinds)
        and (s.severities = '{}' or n.severity = any(s.severities))
        and (s.site_ids = '{}' or n.site_id = any(s.site_ids))
        and (s.account_ids = '{}' or n.account_id = any(s.account_ids))
        and (s.computer_ids = '{}' or n.computer_id = any(s.computer_ids))
      join notification_channels c on c.company_id = s.company_id and c.id = s.channel_id and c.disabled_at is null
      on conflict do nothing
      returning company_id, channel_id
    ), looked_after as (
      update notifications n set is_routed = true
      from ${pickedSql(picked)} where n.company_id = picked.company_id and n.id = picked.id
    )
    select distinct company_id, channel_id from wanted order by 1, 2`);
  return rows.map((row) => ({ companyId: row.company_id, channelId: row.channel_id }));
}
