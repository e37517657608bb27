import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { database } from "@/db/client";
import { measureQueues } from "@/db/queries/global/queue";
import { testChannel } from "@/lib/services/notifications/manage-channels";
import { setSettings } from "../../support/aged-records";
import { provideMail } from "../../support/mailing";
import { deliveriesOf, eventually, makeChannel, operatorIn, provideNotifying } from "../../support/notifying";
import { provideOwnDatabase } from "../../support/own-database";
import { openReceiver } from "../../support/receiver";
import { makeCompany } from "../../support/stored-events";

provideOwnDatabase();
const mailing = provideMail();
provideNotifying();

const inQueues = async () =>
  Object.fromEntries((await measureQueues()).map(({ queue, entries }) => [queue, entries]));

it("A mail server that hangs holds up no webhook, and mail that stood among them waits with the mail", async () => {
  await setSettings({ timeZone: "UTC" });
  const company = await makeCompany("Hanging");
  const receiver = await openReceiver();
  const addresses = Array.from({ length: 12 }, (_, n) => `person-${n}@example.org`);
  const mail = await makeChannel(company, { type: "mail", addresses });
  const webhook = await makeChannel(company, { type: "webhook", url: receiver.url });
  const letGo = mailing.server.hang();
  await testChannel(operatorIn(company), { channelId: mail.id });
  await eventually("some are under way", async () =>
    (await measureQueues()).some(({ queue, running }) => queue === "mail-deliveries" && running > 0),
  );
  // As a version before this one left them.
  await database().execute(
    sql`update queue_entries set queue = 'deliveries' where queue = 'mail-deliveries' and lease is null`,
  );
  await database().execute(sql`select pg_notify('winauthmon_queue', '')`);
  await testChannel(operatorIn(company), { channelId: webhook.id });
  await eventually("the webhook is sent", async () => (await deliveriesOf(webhook.id))[0]?.state === "done");
  await eventually("all mail waits with the mail", async () => {
    const { deliveries, ...others } = await inQueues();
    return deliveries === undefined && others["mail-deliveries"] === 12;
  });
  expect((await deliveriesOf(mail.id)).map(({ attempt_count }) => attempt_count)).toEqual(Array(12).fill(0));
  letGo();
  await eventually("all mails are sent", async () =>
    (await deliveriesOf(mail.id)).every(({ state }) => state === "done"),
  );
  expect(mailing.server.received.map(({ to }) => to[0]).toSorted()).toEqual(addresses.toSorted());
  await receiver.close();
});
