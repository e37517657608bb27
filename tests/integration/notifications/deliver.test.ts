import { sql } from "drizzle-orm";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { writeWithin } from "@/db/scope";
import { webhookBody } from "@/lib/domain/notifications/webhook-body";
import {
  pauseChannel,
  resumeChannel,
  rotateSecret,
  testChannel,
} from "@/lib/services/notifications/manage-channels";
import { endState, notify } from "@/lib/services/notifications/notify";
import { readChannels } from "@/lib/services/notifications/read-channels";
import { replay } from "@/lib/services/notifications/replay-deliveries";
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
import { openReceiver, type Received, type Receiver } from "../../support/receiver";
import { makeCompany, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();
provideNotifying();

let company: TestCompany;
let receiver: Receiver;
let number = 0;

beforeAll(async () => {
  await setSettings({ timeZone: "UTC" });
});
beforeEach(async () => {
  company = await makeCompany("Told");
  receiver = await openReceiver();
  return () => receiver.close();
});
afterAll(() => receiver.close());

const next = () => (number += 1);
const bodyOf = ({ body }: Received) => webhookBody.parse(JSON.parse(body)).data;

async function webhook(more: object = {}, wanted: object = {}) {
  return makeChannel(company, { type: "webhook", url: `${receiver.url}/hook`, ...more }, wanted);
}

async function received(count: number): Promise<Received[]> {
  await eventually(`${count} requests received`, () => receiver.received.length >= count);
  return receiver.received;
}

async function stateOf(channelId: number, state: string) {
  await eventually(`a delivery is ${state}`, async () =>
    (await deliveriesOf(channelId)).some((delivery) => delivery.state === state),
  );
  return (await deliveriesOf(channelId))[0]!;
}

describe("a notification", () => {
  it("reaches the channels that want it, signed by Standard Webhooks, and says what happened", async () => {
    const channel = await webhook();
    const unsubscribed = await webhook({}, { kinds: ["key.created"] });
    await tellSilent(company, 7, "PC-7");
    const [request] = await received(1);
    expect(
      new Webhook(channel.secret!).verify(request!.body, request!.headers as Record<string, string>),
    ).toBeTruthy();
    expect(request!.headers["webhook-id"]).toMatch(/^msg_[0-9a-f-]{36}$/);
    expect(bodyOf(request!)).toMatchObject({
      reason: "news",
      company: { id: company.companyId, name: company.name },
      severity: "warning",
      count: 1,
      notifications: [{ kind: "computer.silent", params: { computer: { id: 7, name: "PC-7" } } }],
    });
    const delivery = await stateOf(channel.id, "done");
    expect(delivery).toMatchObject({ attempt_count: 1, last_status: 204, last_note: null });
    expect(await deliveriesOf(unsubscribed.id)).toEqual([]);
  });

  it("is told only to channels whose subscriptions its severity, site, account and computer fit", async () => {
    const site = company.siteIds[0]!;
    const fitting = await webhook({}, { severities: ["warning"], siteIds: [site] });
    const others = [await webhook({}, { severities: ["critical"] })];
    const params = {
      computer: { id: 5, name: "PC-5" },
      site: { id: site, name: "HO" },
      lastSeenAt: new Date().toISOString(),
    };
    await writeWithin(company.scope, (tx) => notify(tx, company.scope, "computer.silent", params));
    await stateOf(fitting.id, "done");
    for (const { id } of others) expect(await deliveriesOf(id)).toEqual([]);
  });

  it("of a transaction that is rolled back is never told", async () => {
    const channel = await webhook();
    const undo = new Error("undo");
    const params = { computer: { id: 1, name: "NEVER" }, lastSeenAt: new Date().toISOString() };
    await expect(
      writeWithin(company.scope, async (tx) => {
        await notify(tx, company.scope, "computer.silent", params);
        throw undo;
      }),
    ).rejects.toBe(undo);
    await tellSilent(company, 2, "REAL");
    await stateOf(channel.id, "done");
    expect(receiver.received.map(({ body }) => body).join()).not.toContain("NEVER");
  });

  it("about a state that is told already is not told again until it has ended", async () => {
    expect(await tellSilent(company, 3)).toBe(1);
    expect(await tellSilent(company, 3)).toBe(0);
    const { scope } = company;
    expect(await writeWithin(scope, (tx) => endState(tx, scope, "computer.silent", ["computer:3"]))).toEqual([
      "computer:3",
    ]);
    expect(await tellSilent(company, 3)).toBe(1);
    const back = { computer: { id: 3, name: "PC-3" } };
    await writeWithin(scope, (tx) => notify(tx, scope, "computer.back", back));
    expect(await tellSilent(company, 3)).toBe(1);
  });

  it("must be of a kind that is told there, with that kind's parameters", async () => {
    const { scope } = company;
    const tell = (kind: string, params: object) =>
      writeWithin(scope, (tx) => notify(tx, scope, kind, params as Record<string, unknown>));
    await expect(tell("job.failed", { job: "x", title: "X", error: "y" })).rejects.toThrow(/no kind/);
    await expect(tell("no.kind", {})).rejects.toThrow(/no kind/);
    await expect(tell("computer.silent", { computer: "PC" })).rejects.toThrow(/computer/);
  });
});

describe("an attempt", () => {
  it.each([
    ["answers 500", 500, "The receiver responded with 500."],
    ["redirects", 302, "The receiver responded with 302. Redirects aren't followed."],
  ])("that the receiver %s is repeated five seconds later under the same id", async (_, status, note) => {
    const channel = await webhook();
    receiver.behave((response) =>
      response.writeHead(status, { Location: `${receiver.url}/elsewhere` }).end("SECRET ANSWER"),
    );
    await tellSilent(company, next());
    await received(1);
    await untilTried(channel.id);
    const [row] = await database().execute<{ wait: number }>(sql`
      select (extract(epoch from next_attempt_at - created_at))::float8 as wait from notification_deliveries
      where channel_id = ${channel.id}`);
    expect(row!.wait).toBeGreaterThanOrEqual(5);
    expect((await deliveriesOf(channel.id))[0]).toMatchObject({
      state: "waiting",
      last_status: status,
      last_note: note,
    });
    receiver.behave(200);
    await hurry(channel.id);
    await stateOf(channel.id, "done");
    expect(new Set(receiver.received.map(({ path }) => path))).toEqual(new Set(["/hook"]));
    expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    const kept = await database()
      .execute(sql`select * from notification_attempts a join notification_deliveries d
      on d.id = a.delivery_id where d.channel_id = ${channel.id} order by number`);
    // One for each request.
    expect(kept).toHaveLength(receiver.received.length);
    expect(kept.length).toBeGreaterThanOrEqual(2);
    expect(JSON.stringify(kept)).not.toContain("SECRET ANSWER");
  });

  it("that the receiver cuts off is repeated too", async () => {
    const channel = await webhook();
    receiver.behave((response) => response.destroy());
    await tellSilent(company, next());
    expect(await untilTried(channel.id)).toMatchObject({
      last_status: null,
      last_note: "The connection was closed before a response arrived.",
    });
  });

  it("comes no sooner than Retry-After asks", async () => {
    const channel = await webhook();
    receiver.behave((response) => response.writeHead(429, { "Retry-After": "3600" }).end());
    await tellSilent(company, next());
    await untilTried(channel.id);
    const [row] = await database().execute<{ wait: number }>(sql`
      select (extract(epoch from run_at - now()))::float8 as wait from queue_entries
      where queue = 'deliveries' and company_id = ${company.companyId}`);
    expect(row!.wait).toBeGreaterThan(3_500);
  });

  it("answered 410 disables the channel, which its other channels are told", async () => {
    const channel = await webhook();
    const watcher = await openReceiver();
    const other = await makeChannel(
      company,
      { type: "webhook", url: watcher.url },
      { kinds: ["channel.disabled"] },
    );
    receiver.behave(410);
    await tellSilent(company, next());
    const delivery = await stateOf(channel.id, "failed");
    expect(delivery).toMatchObject({ attempt_count: 1, last_status: 410 });
    await stateOf(other.id, "done");
    expect(watcher.received[0]!.body).toContain("410");
    await tellSilent(company, next());
    await eventually("the next is routed", async () => {
      const [row] = await database().execute<{ count: number }>(
        sql`select count(*)::int as count from notifications where not is_routed`,
      );
      return row!.count === 0;
    });
    expect(receiver.received).toHaveLength(1);
    await watcher.close();
  });

  /** A delivery that has failed so many times, on a channel that has failed for so many days. */
  async function failedBefore(attempts: number, days: number) {
    const channel = await webhook();
    // Nothing is attempted again before the stage is set.
    receiver.behave((response) => response.writeHead(503, { "Retry-After": "3600" }).end());
    await tellSilent(company, next());
    const isNoted = async (count: number) => (await deliveriesOf(channel.id))[0]?.attempt_count === count;
    await eventually("the attempt is noted", () => isNoted(1));
    await database().execute(sql`
      update notification_deliveries set attempt_count = ${attempts} where channel_id = ${channel.id}`);
    await database().execute(sql`
      update notification_channels set failing_since = now() - make_interval(days => ${days})
      where id = ${channel.id}`);
    await hurry(channel.id);
    await eventually("the next attempt is noted", () => isNoted(attempts + 1));
    return { channel, disabledReason: (await readChannels(operatorIn(company)))[0]!.disabledReason };
  }

  it("that is a message's last and fails after five days disables the channel", async () => {
    const { disabledReason } = await failedBefore(9, 5);
    expect(disabledReason).toBe("nothing could be delivered for five days");
  });

  it("that is a message's last and fails after less leaves the channel enabled", async () => {
    expect((await failedBefore(9, 4)).disabledReason).toBeNull();
  });

  it("that fails weeks after an outage is repeated, and the channel stays enabled", async () => {
    const { channel, disabledReason } = await failedBefore(1, 25);
    expect(disabledReason).toBeNull();
    receiver.behave(204);
    await hurry(channel.id);
    await stateOf(channel.id, "done");
    expect((await readChannels(operatorIn(company)))[0]).toMatchObject({ failingSince: null });
  });
});

describe("a message", () => {
  it("gathers what comes within its wait, and never two companies", async () => {
    const other = await makeCompany("Other told");
    await webhook({ waitSeconds: 600 });
    await makeChannel(other, { type: "webhook", url: `${receiver.url}/other`, waitSeconds: 600 });
    for (let n = 0; n < 40; n += 1) await tellSilent(company, next(), `STORM-${n}`);
    await tellSilent(other, next(), "THEIRS");
    await eventually("all are routed", async () => {
      const [row] = await database().execute<{ count: number }>(
        sql`select count(*)::int as count from notification_items
          where company_id in (${company.companyId}, ${other.companyId}) and group_id is null`,
      );
      return row!.count === 41;
    });
    expect(receiver.received).toEqual([]);
    await database().execute(sql`
      update notification_items set created_at = created_at - interval '1 hour'`);
    await database().execute(sql`update queue_entries set run_at = now() where queue = 'messages'`);
    await database().execute(sql`select pg_notify('winauthmon_queue', '')`);
    const requests = await received(2);
    const mine = bodyOf(requests.find(({ path }) => path === "/hook")!);
    expect(mine).toMatchObject({ count: 40, title: "40 computers are silent" });
    expect(mine.lines[0]).toMatch(/^40 computers are silent: STORM-0, .*, and 30 more\.$/);
    expect(JSON.stringify(mine)).not.toContain("THEIRS");
    expect(bodyOf(requests.find(({ path }) => path === "/other")!)).toMatchObject({ count: 1 });
  });

  it("reminds once after four hours of what is still so, and of nothing that has ended", async () => {
    const channel = await webhook();
    const [still, ended] = [next(), next()];
    await tellSilent(company, still);
    await stateOf(channel.id, "done");
    await tellSilent(company, ended);
    await received(2);
    const { scope } = company;
    await writeWithin(scope, (tx) => endState(tx, scope, "computer.silent", [`computer:${ended}`]));
    const remind = async () => {
      await database().execute(sql`
        update notification_items set told_at = now() - interval '4 hours' where channel_id = ${channel.id}`);
      await hurry(channel.id);
    };
    await remind();
    const requests = await received(3);
    expect(bodyOf(requests[2]!)).toMatchObject({ reason: "reminder", count: 1 });
    expect(bodyOf(requests[2]!).title).toContain(`PC-${still}`);
    await eventually("nothing is left to remind of", async () => {
      const [entry] = await database().execute<{ count: number }>(sql`
        select count(*)::int as count from queue_entries where queue = 'messages' and key = ${String(channel.id)}`);
      return entry!.count === 0;
    });
  });

  it("is kept back while the channel is paused", async () => {
    const channel = await webhook();
    await pauseChannel(operatorIn(company), { channelId: channel.id, hours: 2, reason: "Move" });
    await tellSilent(company, next());
    await eventually("it waits", async () => {
      const [row] = await database().execute<{ wait: number }>(sql`
        select (extract(epoch from run_at - now()))::float8 as wait from queue_entries
        where queue = 'messages' and key = ${String(channel.id)}`);
      return (row?.wait ?? 0) > 7_000;
    });
    expect(receiver.received).toEqual([]);
    await resumeChannel(operatorIn(company), { channelId: channel.id });
    await received(1);
  });

  it("for a test goes the way of all others at once", async () => {
    const channel = await webhook({ waitSeconds: 3_600 });
    const { deliveryIds } = await testChannel(operatorIn(company), { channelId: channel.id });
    expect(deliveryIds).toHaveLength(1);
    expect(bodyOf((await received(1))[0]!)).toMatchObject({ reason: "test", count: 0, notifications: [] });
    expect(await stateOf(channel.id, "done")).toMatchObject({ reason: "test" });
  });

  it("carries both signatures while a secret is rotated", async () => {
    const channel = await webhook();
    const { secret } = await rotateSecret(operatorIn(company), { channelId: channel.id });
    expect(secret).not.toBe(channel.secret);
    await tellSilent(company, next());
    const [request] = await received(1);
    for (const one of [secret, channel.secret!]) {
      expect(new Webhook(one).verify(request!.body, request!.headers as Record<string, string>)).toBeTruthy();
    }
    await database().execute(sql`
      update notification_channels set previous_secret_until = now() - interval '1 second' where id = ${channel.id}`);
    await tellSilent(company, next());
    const requests = await received(2);
    expect(requests[1]!.headers["webhook-signature"]).not.toContain(" ");
  });

  it("is sent again under its old id when somebody asks", async () => {
    const channel = await webhook();
    await tellSilent(company, next());
    const { id } = await stateOf(channel.id, "done");
    expect(await replay(operatorIn(company), { deliveryId: id })).toEqual({ count: 1 });
    const requests = await received(2);
    expect(requests[1]!.headers["webhook-id"]).toBe(requests[0]!.headers["webhook-id"]);
    await eventually(
      "both attempts are kept",
      async () => (await deliveriesOf(channel.id))[0]!.attempt_count === 2,
    );
  });

  it.each(["slack", "teams", "ntfy"])("takes the form of %s", async (type) => {
    await makeChannel(company, { type, url: `${receiver.url}/topic` });
    await tellSilent(company, next(), "PC-CHAT");
    const [request] = await received(1);
    expect(request!.path).toBe(type === "ntfy" ? "/" : "/topic");
    expect(JSON.parse(request!.body)).toHaveProperty(
      { slack: "blocks", teams: "attachments", ntfy: "topic" }[type]!,
    );
    expect(request!.body).toContain(
      type === "teams" ? String.raw`PC\\-CHAT`.replace(String.raw`\\`, "") : "PC-CHAT",
    );
  });
});
