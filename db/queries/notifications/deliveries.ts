import { and, eq, inArray, sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import { notificationAttempts, notificationDeliveries } from "../../schema/notifications";
import type { CompanyWriteScope } from "../../scope";

export type DeliveryRow = typeof notificationDeliveries.$inferSelect;
export type NewDelivery = Omit<typeof notificationDeliveries.$inferInsert, "companyId">;
export type AttemptRow = typeof notificationAttempts.$inferSelect;

const ofDelivery = ({ companyId }: CompanyWriteScope, deliveryId: number) =>
  and(eq(notificationDeliveries.companyId, companyId), eq(notificationDeliveries.id, deliveryId));

export async function insertDelivery(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  row: NewDelivery,
): Promise<number> {
  const [made] = await tx
    .insert(notificationDeliveries)
    .values({ companyId, ...row })
    .returning({ id: notificationDeliveries.id });
  return made!.id;
}

export async function findDelivery(
  tx: Transaction,
  scope: CompanyWriteScope,
  deliveryId: number,
): Promise<DeliveryRow | null> {
  const [row] = await tx.select().from(notificationDeliveries).where(ofDelivery(scope, deliveryId));
  return row ?? null;
}

export async function updateDelivery(
  tx: Transaction,
  scope: CompanyWriteScope,
  deliveryId: number,
  change: Partial<NewDelivery>,
): Promise<void> {
  await tx.update(notificationDeliveries).set(change).where(ofDelivery(scope, deliveryId));
}

export async function insertAttempt(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  row: Omit<AttemptRow, "companyId">,
): Promise<void> {
  await tx.insert(notificationAttempts).values({ companyId, ...row });
}

/** Whether another address has received the same message, and whether one may yet. */
export async function readOtherAddresses(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  { id, channelId, groupId, createdAt }: DeliveryRow,
): Promise<{ isDone: boolean; isWaiting: boolean }> {
  // Deliveries of one message are written together: their instant finds them by the index.
  const [row] = await tx.execute<{ isDone: boolean; isWaiting: boolean }>(sql`
    select coalesce(bool_or(state = 'done'), false) as "isDone",
      coalesce(bool_or(state = 'waiting'), false) as "isWaiting"
    from notification_deliveries
    where company_id = ${companyId} and channel_id = ${channelId} and created_at = ${createdAt.toISOString()}
      and group_id = ${groupId} and id <> ${id}`);
  return row!;
}

/** The attempts of several deliveries, first to last. */
export async function listAttemptsOf(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  deliveryIds: readonly number[],
): Promise<AttemptRow[]> {
  if (deliveryIds.length === 0) return [];
  return tx
    .select()
    .from(notificationAttempts)
    .where(
      and(
        eq(notificationAttempts.companyId, companyId),
        inArray(notificationAttempts.deliveryId, [...deliveryIds]),
      ),
    )
    .orderBy(notificationAttempts.deliveryId, notificationAttempts.number);
}

/** Sets failed deliveries since the instant to wait again, or the one with this id; gives their ids. */
export async function reviveDeliveries(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  which: { deliveryId: number } | { channelId: number; since: Date },
): Promise<number[]> {
  const rows = await tx.execute<{ id: number }>(sql`
    update notification_deliveries
    set state = 'waiting', earlier_attempt_count = attempt_count, next_attempt_at = now(), finished_at = null
    where company_id = ${companyId} and ${
      "deliveryId" in which
        ? sql`id = ${which.deliveryId} and state <> 'waiting'`
        : sql`channel_id = ${which.channelId} and created_at >= ${which.since.toISOString()}
            and state in ('failed', 'dropped')`
    } returning id`);
  return rows.map(({ id }) => id);
}

/** Sets what waits for the channel beyond the instant to be attempted then; gives the ids. */
export async function bringForward(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  channelId: number,
  at: Date,
): Promise<number[]> {
  const rows = await tx.execute<{ id: number }>(sql`
    update notification_deliveries set next_attempt_at = ${at.toISOString()}
    where company_id = ${companyId} and channel_id = ${channelId} and state = 'waiting'
      and next_attempt_at > ${at.toISOString()}
    returning id`);
  return rows.map(({ id }) => id);
}

/** Has what waits for some addresses of a channel sent to another. */
export async function redirectDeliveries(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  channelId: number,
  { from, to }: { from: readonly string[]; to: string },
): Promise<void> {
  await tx
    .update(notificationDeliveries)
    .set({ address: to })
    .where(
      and(
        eq(notificationDeliveries.companyId, companyId),
        eq(notificationDeliveries.channelId, channelId),
        eq(notificationDeliveries.state, "waiting"),
        inArray(notificationDeliveries.address, [...from]),
      ),
    );
}
