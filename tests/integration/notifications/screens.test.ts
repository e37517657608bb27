import { beforeEach, describe, expect, it } from "vitest";
import { sql } from "drizzle-orm";
import { database } from "@/db/client";
import { writeWithin } from "@/db/scope";
import { countAttempts } from "@/db/queries/global/queue";
import { changeChannel } from "@/lib/services/notifications/manage-channels";
import { previewSubscription } from "@/lib/services/notifications/preview-subscription";
import {
  readChannelsScreen,
  readDeliveriesScreen,
  readNewsScreen,
} from "@/lib/services/notifications/read-screens";
import { replay } from "@/lib/services/notifications/replay-deliveries";
import { subscribe } from "@/lib/services/notifications/subscribe";
import { notify } from "@/lib/services/notifications/notify";
import { channelForm } from "@/lib/domain/notifications/channel-form";
import { inEnglish } from "@/lib/english";
import { setSettings } from "../../support/aged-records";
import { makeChannel, operatorIn, secretsOf, tellSilent } from "../../support/notifying";
import { provideOwnDatabase } from "../../support/own-database";
import { contextOf, makeUser } from "../../support/people";
import { makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();

let company: TestCompany;
beforeEach(async () => {
  await setSettings({ timeZone: "UTC" });
  company = await makeCompany("Screens");
});

const webhook = { type: "webhook", url: "https://example.com/hook" };
const wanted = {
  kinds: ["computer.silent" as const],
  severities: [],
  siteIds: [],
  accounts: [],
  computers: [],
};

describe("the screen of channels", () => {
  it("words each subscription with the names of what it is narrowed to", async () => {
    await storeEvents(company, [{ type: "logon", user: "Anna", computer: "PC-1", at: Date.now() }]);
    const { id } = await makeChannel(company, webhook);
    await database().execute(
      sql`delete from notification_subscriptions where company_id = ${company.companyId}`,
    );
    const site = company.siteIds[0]!;
    await subscribe(operatorIn(company), { ...wanted, channelId: id, siteIds: [site], accounts: ["anna"] });
    const { subscriptions, sites, isMailSetUp } = await readChannelsScreen(operatorIn(company));
    expect(subscriptions.map(({ words }) => words.map(inEnglish))).toEqual([
      ["Computer silent → https://example.com, immediately", "Site: HO", "Account: Anna"],
    ]);
    expect(sites).toEqual([{ id: site, name: "HO" }]);
    expect(isMailSetUp).toBe(false);
  });

  it("refuses a name that nobody of the company has, another company's too", async () => {
    const other = await makeCompany("Other screens");
    await storeEvents(other, [{ type: "logon", user: "theirs", computer: "PC-1", at: Date.now() }]);
    const { id } = await makeChannel(company, webhook);
    await expect(
      subscribe(operatorIn(company), { ...wanted, channelId: id, accounts: ["theirs"] }),
    ).rejects.toMatchObject({ code: "invalid", fields: [{ field: "accounts" }] });
  });

  it("keeps a web address that a change leaves empty", async () => {
    const { id } = await makeChannel(company, webhook);
    const change = {
      channelId: String(id),
      name: "Renamed",
      waitSeconds: "60",
      url: "",
      touched: "name waitSeconds url",
    };
    await changeChannel(operatorIn(company), channelForm.parse(change));
    expect(await secretsOf(id)).toMatchObject({ url: webhook.url });
    const [channel] = (await readChannelsScreen(operatorIn(company))).channels;
    expect(channel).toMatchObject({ name: "Renamed", waitSeconds: 60, target: "https://example.com" });
  });
});

describe("a preview", () => {
  it("shows the messages of the last seven days, grouped as they would have been", async () => {
    const { id } = await makeChannel(company, { ...webhook, waitSeconds: 30, intervalSeconds: 300 });
    for (let n = 1; n <= 5; n += 1) await tellSilent(company, n);
    await database().execute(sql`
      update notifications set created_at = now() - interval '8 days'
      where company_id = ${company.companyId} and subject = 'computer:5'`);
    const { subscriptions } = await readChannelsScreen(operatorIn(company));
    expect(subscriptions[0]!.channelId).toBe(id);
    const preview = await previewSubscription(operatorIn(company), { subscriptionId: subscriptions[0]!.id });
    expect(preview).toMatchObject({ notificationCount: 4, messageCount: 1, isCapped: false });
    expect(preview.messages[0]).toMatchObject({ count: 4, title: "4 computers are silent" });
  });

  it("of another company's subscription does not exist", async () => {
    await makeChannel(company, webhook);
    const other = await makeCompany("Other screens");
    const { subscriptions } = await readChannelsScreen(operatorIn(company));
    await expect(
      previewSubscription(operatorIn(other), { subscriptionId: subscriptions[0]!.id }),
    ).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("the screen of deliveries", () => {
  it("pages through many newest first, each with its attempts, and sends the failed of a time again", async () => {
    const { id } = await makeChannel(company, webhook);
    await database().execute(sql`
      insert into notification_deliveries (company_id, channel_id, group_id, reason, state, severity,
        notification_count, attempt_count, created_at)
      select ${company.companyId}, ${id}, gen_random_uuid(), 'news', case when n % 2 = 0 then 'failed' else 'done' end,
        'warning', 1, 1, now() - make_interval(mins => 1500 - n) + interval '30 seconds' from generate_series(1, 1500) as n`);
    await database().execute(sql`
      insert into notification_attempts (company_id, delivery_id, number, started_at, duration_ms, result, status)
      select company_id, id, 1, created_at, 12, 'success', 204 from notification_deliveries
      where company_id = ${company.companyId}`);
    const first = await readDeliveriesScreen(operatorIn(company), {}, "");
    expect(first.deliveries).toHaveLength(50);
    expect(first.deliveries[0]!.attempts).toMatchObject([{ number: 1, durationMs: 12, status: 204 }]);
    const second = await readDeliveriesScreen(operatorIn(company), {}, first.next!);
    expect(second.deliveries[0]!.id).toBeLessThan(first.deliveries.at(-1)!.id);
    const failed = await readDeliveriesScreen(operatorIn(company), { state: "failed" }, "no cursor");
    expect(new Set(failed.deliveries.map(({ state }) => state))).toEqual(new Set(["failed"]));
    expect(await replay(operatorIn(company), { channelId: id, hours: 1 })).toEqual({ count: 31 });
    const lastDay = await countAttempts(new Date(Date.now() - 24 * 3_600_000));
    expect(lastDay).toEqual({ success: 1_441, failed: 0 });
  });
});

describe("the screen of notifications", () => {
  it("leads from each to what it tells of", async () => {
    await tellSilent(company, 7);
    const site = { id: company.siteIds[0]!, name: "HO" };
    await writeWithin(company.scope, (tx) => notify(tx, company.scope, "site.back", { site }));
    const { news } = await readNewsScreen(operatorIn(company), {}, "");
    const base = `/${company.companyId}`;
    expect(news.map(({ href }) => href)).toEqual([`${base}/sites`, `${base}/computers/7`]);
  });
});

describe("the screens", () => {
  it("open for nobody but the company's administrators", async () => {
    const user = await makeUser("User", [{ companyId: company.companyId, role: "User" }]);
    const context = { ...(await contextOf(user)), scope: company.scope };
    await expect(readChannelsScreen(context)).rejects.toMatchObject({ code: "forbidden" });
    await expect(readDeliveriesScreen(context, {}, "")).rejects.toMatchObject({ code: "forbidden" });
    await expect(readNewsScreen(context, {}, "")).rejects.toMatchObject({ code: "forbidden" });
  });
});
