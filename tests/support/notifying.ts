import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll } from "vitest";
import { database } from "@/db/client";
import { notificationChannels } from "@/db/schema/notifications";
import { writeWithin } from "@/db/scope";
import { channelInput, subscriptionInput } from "@/lib/domain/notifications/channel";
import { kindsFor } from "@/lib/domain/notifications/kinds";
import { refreshEnv } from "@/lib/env";
import { unseal } from "@/lib/secret-box";
import { operatorContext, type CompanyContext } from "@/lib/services/context";
import { deliverySenders } from "@/lib/services/notifications/attempt-delivery";
import { messageMaker } from "@/lib/services/notifications/make-messages";
import { createChannel } from "@/lib/services/notifications/manage-channels";
import { createSubscription } from "@/lib/services/notifications/manage-subscriptions";
import { notify } from "@/lib/services/notifications/notify";
import { notificationRouter } from "@/lib/services/notifications/route-notifications";
import { startQueue, type RunningQueue } from "@/lib/services/queue/worker";
import type { TestCompany } from "./stored-events";

/** Works on the suite's notifications in this process, and lets webhooks go to the loopback. */
export function provideNotifying(): void {
  let queue: RunningQueue;
  const before = process.env.WEBHOOK_ALLOWED_NETWORKS;
  beforeAll(() => {
    process.env.WEBHOOK_ALLOWED_NETWORKS = "127.0.0.0/8";
    refreshEnv();
    queue = startNotifying();
  });
  afterAll(async () => {
    await queue.stop();
    process.env.WEBHOOK_ALLOWED_NETWORKS = before ?? "";
    refreshEnv();
  });
}

export function startNotifying(): RunningQueue {
  return startQueue([messageMaker, ...deliverySenders], [notificationRouter]);
}

/** What is stored under AUTH_SECRET of a channel, which nothing in the product shows again. */
export async function secretsOf(channelId: number): Promise<{ url: string | null; secret: string | null }> {
  const [row] = await database()
    .select({ url: notificationChannels.urlEncrypted, secret: notificationChannels.secretEncrypted })
    .from(notificationChannels)
    .where(eq(notificationChannels.id, channelId));
  const open = (sealed: Buffer | null) => (sealed === null ? null : unseal(sealed, "channel"));
  return { url: open(row!.url), secret: open(row!.secret) };
}

export function operatorIn({ scope }: Pick<TestCompany, "scope">): CompanyContext {
  return { ...operatorContext("command line"), scope };
}

/** A channel that gathers for no time unless told to, and hears of every kind. */
export async function makeChannel(
  company: Pick<TestCompany, "scope">,
  input: object,
  wanted: object = {},
): Promise<{ id: number; secret: string | null }> {
  const name = `Channel ${randomBytes(5).toString("hex")}`;
  const context = operatorIn(company);
  const parsed = channelInput.parse({ name, waitSeconds: 0, intervalSeconds: 0, ...input });
  const channel = await createChannel(context, parsed);
  const audience = company.scope.companyId === 0 ? "portal" : "company";
  const kinds = kindsFor(audience).map((kind) => kind.name);
  await createSubscription(context, subscriptionInput.parse({ channelId: channel.id, kinds, ...wanted }));
  return channel;
}

/** Tells of a computer that fell silent. */
export function tellSilent(
  { scope }: Pick<TestCompany, "scope">,
  id: number,
  name = `PC-${id}`,
): Promise<number> {
  const params = { computer: { id, name }, lastSeenAt: new Date().toISOString() };
  return writeWithin(scope, (tx) => notify(tx, scope, "computer.silent", params));
}

/** Waits for something, and fails with the words when it does not come within half a minute. */
export async function eventually(what: string, isSo: () => Promise<boolean> | boolean): Promise<void> {
  const until = Date.now() + 30_000;
  while (!(await isSo())) {
    if (Date.now() > until) throw new Error(`Still not so after half a minute: ${what}.`);
    await delay(20);
  }
}

export interface DeliveryFacts extends Record<string, unknown> {
  id: number;
  state: string;
  reason: string;
  attempt_count: number;
  last_status: number | null;
  last_note: string | null;
  notification_count: number;
  address: string | null;
}

/** The channel's deliveries, oldest first. */
export async function deliveriesOf(channelId: number): Promise<DeliveryFacts[]> {
  const rows = await database().execute<DeliveryFacts>(
    sql`select * from notification_deliveries where channel_id = ${channelId} order by id`,
  );
  return [...rows];
}

/** Waits until the channel's oldest delivery was tried; on a slow machine, it may have been tried again by then. */
export async function untilTried(channelId: number): Promise<DeliveryFacts> {
  await eventually(
    "an attempt is noted",
    async () => ((await deliveriesOf(channelId))[0]?.attempt_count ?? 0) > 0,
  );
  return (await deliveriesOf(channelId))[0]!;
}

/** Brings the next attempt of every delivery of the channel, or its next message, forward to now. */
export async function hurry(channelId: number): Promise<void> {
  await database().execute(sql`
    update queue_entries set run_at = now() where leased_until is null and (
      (queue in ('deliveries', 'mail-deliveries') and key in (select id::text from notification_deliveries where channel_id = ${channelId}))
      or (queue = 'messages' and key = ${String(channelId)}))`);
  await database().execute(sql`select pg_notify('winauthmon_queue', '')`);
}
