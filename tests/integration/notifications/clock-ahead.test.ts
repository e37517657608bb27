import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { database } from "@/db/client";
import { testChannel } from "@/lib/services/notifications/manage-channels";
import { strayFeeder } from "@/lib/services/queue/pull-back";
import {
  deliveriesOf,
  eventually,
  makeChannel,
  operatorIn,
  provideNotifying,
  tellSilent,
} from "../../support/notifying";
import { setSettings } from "../../support/aged-records";
import { provideOwnDatabase } from "../../support/own-database";
import { openReceiver, type Receiver } from "../../support/receiver";
import { makeCompany, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();
provideNotifying();

const DAY = 86_400_000;
let company: TestCompany;
let receiver: Receiver;
beforeEach(async () => {
  await setSettings({ timeZone: "UTC" });
  company = await makeCompany("Ahead");
  receiver = await openReceiver();
});
afterEach(async () => {
  vi.useRealTimers();
  await receiver.close();
});

const webhook = (more: object = {}) => makeChannel(company, { type: "webhook", url: receiver.url, ...more });
const isSent = (channelId: number, count: number) =>
  eventually(`${count} messages are sent`, async () => {
    const done = (await deliveriesOf(channelId)).filter(({ state }) => state === "done");
    return done.length >= count;
  });
/** As if the clock had been ahead when the queue's entry was put. */
const putAhead = (queue: string, key: number) =>
  database().execute(sql`
    update queue_entries set run_at = run_at + interval '30 days'
    where queue = ${queue} and key = ${String(key)} and company_id = ${company.companyId}`);

/** As a server does whenever it looks; this suite's has no such feeder. */
async function pullBack(): Promise<void> {
  await strayFeeder.feed();
  await database().execute(sql`select pg_notify('winauthmon_queue', '')`);
}

it("A message made while the clock was ahead holds back none, and is reminded of in due time", async () => {
  const channel = await webhook();
  await tellSilent(company, 1);
  await isSent(channel.id, 1);
  await database().execute(sql`
    update notification_channels set last_message_at = last_message_at + interval '30 days'
    where company_id = ${company.companyId} and id = ${channel.id}`);
  await database().execute(sql`
    update notification_items set told_at = told_at + interval '30 days' where channel_id = ${channel.id}`);
  await tellSilent(company, 2);
  await isSent(channel.id, 2);
  const [row] = await database().execute(sql`
    select count(*)::int as told, count(*) filter (where told_at > now())::int as ahead
    from notification_items where channel_id = ${channel.id}`);
  expect(row).toEqual({ told: 2, ahead: 0 });
});

it("News written while the clock was ahead is sent once it is right", async () => {
  const channel = await webhook({ waitSeconds: 3_600 });
  await tellSilent(company, 1);
  const isPut = async () => {
    const rows = await putAhead("messages", channel.id);
    return rows.count === 1;
  };
  await eventually("its message is planned", isPut);
  await database().execute(sql`
    update notification_items set created_at = created_at + interval '30 days' where channel_id = ${channel.id}`);
  await pullBack();
  await isSent(channel.id, 1);
  expect(await deliveriesOf(channel.id)).toMatchObject([{ state: "done" }]);
});

it("A message whose attempt failed while the clock was ahead is sent once it is right", async () => {
  const channel = await webhook();
  receiver.behave(503);
  await tellSilent(company, 1);
  const failed = async () => (await deliveriesOf(channel.id)).find((one) => one.attempt_count > 0);
  await eventually("an attempt has failed", async () => (await failed()) !== undefined);
  receiver.behave(204);
  await putAhead("deliveries", (await failed())!.id);
  await pullBack();
  await isSent(channel.id, 1);
  expect(await deliveriesOf(channel.id)).toMatchObject([{ state: "done" }]);
});

it("A server whose clock is ahead of the database's sends at once what is asked for", async () => {
  const channel = await webhook();
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 30 * DAY });
  await testChannel(operatorIn(company), { channelId: channel.id });
  await isSent(channel.id, 1);
  expect(await deliveriesOf(channel.id)).toMatchObject([{ state: "done" }]);
});
