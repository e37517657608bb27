import { and, eq, sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import { notificationChannels, notificationSubscriptions } from "../../schema/notifications";
import type { CompanyWriteScope } from "../../scope";
import { pgArray } from "../pg-array";

export type ChannelRow = typeof notificationChannels.$inferSelect;
export type NewChannel = Omit<typeof notificationChannels.$inferInsert, "companyId" | "ownerId">;
export type SubscriptionRow = typeof notificationSubscriptions.$inferSelect;
export type NewSubscription = Omit<typeof notificationSubscriptions.$inferInsert, "companyId">;

const ofChannel = ({ companyId }: CompanyWriteScope, channelId: number) =>
  and(eq(notificationChannels.companyId, companyId), eq(notificationChannels.id, channelId));

/** @throws a unique violation on notification_channels_name_key. */
export async function insertChannel(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  row: NewChannel,
): Promise<number> {
  const [made] = await tx
    .insert(notificationChannels)
    .values({ companyId, ...row })
    .returning({ id: notificationChannels.id });
  return made!.id;
}

export function countChannels(tx: Transaction, { companyId }: CompanyWriteScope): Promise<number> {
  return tx.$count(notificationChannels, eq(notificationChannels.companyId, companyId));
}

export async function findChannel(
  tx: Transaction,
  scope: CompanyWriteScope,
  channelId: number,
): Promise<ChannelRow | null> {
  const [row] = await tx.select().from(notificationChannels).where(ofChannel(scope, channelId));
  return row ?? null;
}

/** The same, locked until the transaction ends. */
export async function lockChannel(
  tx: Transaction,
  scope: CompanyWriteScope,
  channelId: number,
): Promise<ChannelRow | null> {
  const [row] = await tx.select().from(notificationChannels).where(ofChannel(scope, channelId)).for("update");
  return row ?? null;
}

/** The mail channels that have the address, however spelled, locked; each with the addresses that are left without it. */
export async function lockChannelsTo(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  email: string,
): Promise<{ channel: ChannelRow; addresses: string[] }[]> {
  const isIt = sql`login_key(one) = login_key(${email}::text)`;
  return tx
    .select({
      channel: notificationChannels,
      addresses: sql<string[]>`array(select one from unnest(${notificationChannels.addresses})
        with ordinality as given (one, place) where not (${isIt}) order by place)`,
    })
    .from(notificationChannels)
    .where(
      and(
        eq(notificationChannels.companyId, companyId),
        sql`exists (select from unnest(${notificationChannels.addresses}) as given (one) where ${isIt})`,
      ),
    )
    .orderBy(notificationChannels.id)
    .for("update");
}

/** Locks the mail channels that have any of the addresses, however spelled, in the order of their ids. */
export async function lockChannelsToAny(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  emails: readonly string[],
): Promise<void> {
  await tx.execute(sql`
    select from notification_channels
    where company_id = ${companyId} and exists (
      select from unnest(addresses) as given (one), unnest(${pgArray(emails)}::text[]) as wanted (email)
      where login_key(one) = login_key(email))
    order by id for update`);
}

export async function updateChannel(
  tx: Transaction,
  scope: CompanyWriteScope,
  channelId: number,
  change: Partial<NewChannel>,
): Promise<void> {
  await tx.update(notificationChannels).set(change).where(ofChannel(scope, channelId));
}

/** Deletes a channel with its subscriptions and deliveries. */
export async function deleteChannelRow(
  tx: Transaction,
  scope: CompanyWriteScope,
  channelId: number,
): Promise<void> {
  await tx.delete(notificationChannels).where(ofChannel(scope, channelId));
}

/** A channel's success and failures of the last seven days. */
export type ListedChannel = ChannelRow & { doneCount: number; failedCount: number; waitingCount: number };

/** The channels by name, each with how its messages of the last seven days fared. */
export async function listChannels(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
): Promise<ListedChannel[]> {
  const channels = await tx
    .select()
    .from(notificationChannels)
    .where(eq(notificationChannels.companyId, companyId))
    .orderBy(sql`lower(${notificationChannels.name})`, notificationChannels.id);
  const counts = await tx.execute<{ channel_id: number; done: number; failed: number; waiting: number }>(sql`
    select channel_id, count(*) filter (where state = 'done')::int as done,
      count(*) filter (where state in ('failed', 'dropped'))::int as failed,
      count(*) filter (where state = 'waiting')::int as waiting
    from notification_deliveries where company_id = ${companyId} and created_at > now() - interval '7 days'
    group by channel_id`);
  const of = new Map(counts.map((row) => [row.channel_id, row]));
  return channels.map((channel) => {
    const { done = 0, failed = 0, waiting = 0 } = of.get(channel.id) ?? {};
    return { ...channel, doneCount: done, failedCount: failed, waitingCount: waiting };
  });
}

export function countSubscriptions(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  channelId: number,
): Promise<number> {
  const { companyId: company, channelId: channel } = notificationSubscriptions;
  return tx.$count(notificationSubscriptions, and(eq(company, companyId), eq(channel, channelId)));
}

export async function insertSubscription(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  row: NewSubscription,
): Promise<number> {
  const [made] = await tx
    .insert(notificationSubscriptions)
    .values({ companyId, ...row })
    .returning({ id: notificationSubscriptions.id });
  return made!.id;
}

/** Gives the row that was deleted; null when there was none. */
export async function deleteSubscriptionRow(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  subscriptionId: number,
): Promise<SubscriptionRow | null> {
  const [row] = await tx
    .delete(notificationSubscriptions)
    .where(
      and(
        eq(notificationSubscriptions.companyId, companyId),
        eq(notificationSubscriptions.id, subscriptionId),
      ),
    )
    .returning();
  return row ?? null;
}

/** The subscriptions by channel and age. */
export async function listSubscriptions(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
): Promise<SubscriptionRow[]> {
  return tx
    .select()
    .from(notificationSubscriptions)
    .where(eq(notificationSubscriptions.companyId, companyId))
    .orderBy(notificationSubscriptions.channelId, notificationSubscriptions.id);
}
