import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { database } from "@/db/client";
import { setSettings } from "../../support/aged-records";
import {
  deliveriesOf,
  eventually,
  hurry,
  makeChannel,
  provideNotifying,
  tellSilent,
} from "../../support/notifying";
import { provideOwnDatabase } from "../../support/own-database";
import { openReceiver } from "../../support/receiver";
import { makeCompany } from "../../support/stored-events";

provideOwnDatabase();
provideNotifying();

it("A reminder that is due before the next news stays due then", async () => {
  await setSettings({ timeZone: "UTC" });
  const company = await makeCompany("Reminded");
  const receiver = await openReceiver();
  const day = { intervalSeconds: 86_400 };
  const { id } = await makeChannel(company, { type: "webhook", url: receiver.url, ...day });
  const minutesLeft = async () => {
    const [row] = await database().execute<{ minutes: number }>(sql`
      select (extract(epoch from run_at - now()) / 60)::float8 as minutes from queue_entries
      where queue = 'messages' and key = ${String(id)} and leased_until is null`);
    return row?.minutes ?? Infinity;
  };
  await tellSilent(company, 1);
  await eventually("it is sent", async () => (await deliveriesOf(id))[0]?.state === "done");
  await database().execute(sql`
    update notification_items set told_at = now() - interval '2 hours' where channel_id = ${id}`);
  await hurry(id);
  await eventually("the reminder is planned", async () => {
    const minutes = await minutesLeft();
    return minutes > 60 && minutes <= 120;
  });
  await tellSilent(company, 2);
  await eventually("the news waits", async () => {
    const [row] = await database().execute<{ count: number }>(sql`
      select count(*)::int as count from notification_items where channel_id = ${id} and group_id is null`);
    return row!.count === 1;
  });
  expect(await minutesLeft()).toBeLessThanOrEqual(120);
  await receiver.close();
});
