import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { changeChannel, pauseChannel, resumeChannel } from "@/lib/services/notifications/manage-channels";
import { setSettings } from "../../support/aged-records";
import {
  deliveriesOf,
  eventually,
  hurry,
  makeChannel,
  operatorIn,
  provideNotifying,
  tellSilent,
  untilTried,
} from "../../support/notifying";
import { provideOwnDatabase } from "../../support/own-database";
import { openReceiver, type Receiver } from "../../support/receiver";
import { makeCompany, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();
provideNotifying();

let company: TestCompany;
let receiver: Receiver;

beforeAll(async () => {
  await setSettings({ timeZone: "UTC" });
});
beforeEach(async () => {
  company = await makeCompany("Held back");
  receiver = await openReceiver();
  return () => receiver.close();
});
afterAll(() => receiver.close());

async function waitUntilSent(channelId: number): Promise<void> {
  await eventually("it is sent", async () => (await deliveriesOf(channelId))[0]?.state === "done");
  expect(await deliveriesOf(channelId)).toMatchObject([{ attempt_count: 2 }]);
}

/** A delivery whose first attempt has failed, and whose next is an hour away. */
async function failedOnce() {
  const channel = await makeChannel(company, { type: "webhook", url: `${receiver.url}/hook` });
  // Not tried again by itself in the middle of a test.
  receiver.behave((response) => response.writeHead(503, { "Retry-After": "3600" }).end());
  await tellSilent(company, 7);
  await untilTried(channel.id);
  receiver.behave(204);
  return channel;
}

/** As the screens and as the queue have it; -1 while they differ. */
const minutesToNextAttempt = async (channelId: number) => {
  const [row] = await database().execute<{ minutes: number; queued: number }>(sql`
    select (extract(epoch from d.next_attempt_at - now()) / 60)::float8 as minutes,
      (extract(epoch from q.run_at - now()) / 60)::float8 as queued
    from notification_deliveries d join queue_entries q on q.queue = 'deliveries' and q.key = d.id::text
    where d.channel_id = ${channelId}`);
  return Math.abs(row!.queued - row!.minutes) < 1 ? row!.minutes : -1;
};

describe("a message that could not be sent", () => {
  it("waits for the end of a pause, also of a shorter one, and is sent on resuming", async () => {
    const channel = await failedOnce();
    const pause = (hours: number) =>
      pauseChannel(operatorIn(company), { channelId: channel.id, hours, reason: "Move" });
    await pause(24);
    await hurry(channel.id);
    await eventually("it waits", async () => (await minutesToNextAttempt(channel.id)) > 23 * 60);
    await pause(3);
    const minutes = await minutesToNextAttempt(channel.id);
    expect(minutes).toBeGreaterThan(170);
    expect(minutes).toBeLessThan(181);
    await resumeChannel(operatorIn(company), { channelId: channel.id });
    await waitUntilSent(channel.id);
  });

  it("is not sent in quiet hours, until these are changed", async () => {
    const channel = await failedOnce();
    const minute = new Date().getUTCHours() * 60 + new Date().getUTCMinutes();
    const wall = (shift: number) => (minute + shift + 1_440) % 1_440;
    const quiet = { hasQuietHours: true, quietFrom: wall(-60), quietTo: wall(120) };
    await changeChannel(operatorIn(company), { channelId: channel.id, ...quiet });
    await eventually("it waits", async () => (await minutesToNextAttempt(channel.id)) > 110);
    expect(receiver.received).toHaveLength(1);
    await changeChannel(operatorIn(company), { channelId: channel.id, hasQuietHours: false });
    await waitUntilSent(channel.id);
  });

  it("waits while its disabled channel is mended, and is sent once the channel is enabled", async () => {
    const channel = await failedOnce();
    await database().execute(
      sql`update notification_channels set disabled_at = now() where id = ${channel.id}`,
    );
    const mended = { channelId: channel.id, url: `${receiver.url}/mended` };
    await changeChannel(operatorIn(company), mended);
    await pauseChannel(operatorIn(company), { channelId: channel.id, hours: 1, reason: "Move" });
    expect(await minutesToNextAttempt(channel.id)).toBeGreaterThan(50);
    await resumeChannel(operatorIn(company), { channelId: channel.id });
    await waitUntilSent(channel.id);
    expect(await deliveriesOf(channel.id)).toMatchObject([{ state: "done" }]);
  });

  it("is not dropped when its channel is resumed in the same moment", async () => {
    const channel = await failedOnce();
    await database().execute(
      sql`update notification_channels set disabled_at = now() where id = ${channel.id}`,
    );
    await database().transaction(async (tx) => {
      await tx.execute(sql`update notification_channels set disabled_at = null where id = ${channel.id}`);
      // The delivery alone: making messages would wait for the channel too.
      await database().execute(sql`
        update queue_entries set run_at = now()
        where queue = 'deliveries' and company_id = ${company.companyId}`);
      await database().execute(sql`select pg_notify('winauthmon_queue', '')`);
      await eventually("the worker waits for the channel, or has decided", async () => {
        const [row] = await database().execute<{ is_waiting: boolean }>(sql`
          select exists (select from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock') as is_waiting`);
        return row!.is_waiting || (await deliveriesOf(channel.id))[0]!.state === "dropped";
      });
    });
    await waitUntilSent(channel.id);
    expect(await deliveriesOf(channel.id)).toMatchObject([{ state: "done" }]);
  });

  it("is dropped while its channel is disabled, and says so", async () => {
    const channel = await failedOnce();
    await database().execute(
      sql`update notification_channels set disabled_at = now() where id = ${channel.id}`,
    );
    await hurry(channel.id);
    await eventually("it is dropped", async () => (await deliveriesOf(channel.id))[0]?.state === "dropped");
    expect(await deliveriesOf(channel.id)).toMatchObject([
      { attempt_count: 1, last_note: "The channel is disabled." },
    ]);
  });
});
