import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { listSubscriptions } from "@/db/queries/notifications/channels";
import { readWithin } from "@/db/scope";
import { channelInput, subscriptionInput } from "@/lib/domain/notifications/channel";
import { deleteCompany } from "@/lib/services/companies/delete-company";
import type { CompanyContext } from "@/lib/services/context";
import { portalContext } from "@/lib/services/notifications/authority";
import {
  changeChannel,
  createChannel,
  deleteChannel,
  resumeChannel,
  rotateSecret,
  testChannel,
} from "@/lib/services/notifications/manage-channels";
import { createSubscription, deleteSubscription } from "@/lib/services/notifications/manage-subscriptions";
import { readChannels } from "@/lib/services/notifications/read-channels";
import { readDeliveriesScreen } from "@/lib/services/notifications/read-screens";
import { contextIn, contextOf, makeUser } from "../../support/people";
import { provideOwnDatabase } from "../../support/own-database";
import { operatorIn, secretsOf } from "../../support/notifying";
import { makeCompany, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();

let company: TestCompany;
let other: TestCompany;
let admin: CompanyContext;
let member: CompanyContext;

const SECRET_ADDRESS = "https://hooks.example.com/services/VERY-SECRET";
const hook = (name: string) => channelInput.parse({ name, type: "webhook", url: SECRET_ADDRESS });

beforeAll(async () => {
  [company, other] = await Promise.all([makeCompany("Mine"), makeCompany("Theirs")]);
  [admin, member] = [await contextIn(company, "CompanyAdmin"), await contextIn(company, "User")];
});

describe("channels", () => {
  it("are for administrators of their company alone", async () => {
    const { id } = await createChannel(admin, hook("Ops"));
    for (const work of [
      () => createChannel(member, hook("Mine")),
      () => readChannels(member),
      () => rotateSecret(member, { channelId: id }),
      () => deleteChannel(member, { channelId: id }),
      () => readChannels({ ...admin, scope: other.scope }),
    ]) {
      await expect(work()).rejects.toMatchObject({ code: "forbidden" });
    }
    expect(() => portalContext(admin)).toThrow(/role doesn't allow/);
    const theirs = operatorIn(other);
    await expect(rotateSecret(theirs, { channelId: id })).rejects.toMatchObject({ code: "not_found" });
    expect(await readChannels(theirs)).toEqual([]);
  });

  it("keep address and secret sealed, out of lists and out of the trail", async () => {
    const { id, secret } = await createChannel(admin, hook("Sealed"));
    expect(secret).toMatch(/^whsec_/);
    await changeChannel(admin, { channelId: id, name: "Sealed again", url: SECRET_ADDRESS });
    const rotated = await rotateSecret(admin, { channelId: id });
    expect(await secretsOf(id)).toEqual({
      url: SECRET_ADDRESS,
      secret: rotated.secret,
    });
    const shown = (await readChannels(admin)).find((channel) => channel.id === id)!;
    expect(shown).toMatchObject({ name: "Sealed again", target: "https://hooks.example.com" });
    const stored = await database().execute(sql`select c::text from notification_channels c`);
    const trail = await database().execute<{ action: string }>(
      sql`select action, l::text from audit_log l where target_type = 'channel' and target_id = ${String(id)} order by seq`,
    );
    expect(trail.map(({ action }) => action)).toEqual([
      "channel.create",
      "channel.update",
      "channel.rotate-secret",
    ]);
    const everywhere = JSON.stringify([shown, stored, trail]);
    for (const hidden of ["VERY-SECRET", secret!, rotated.secret]) expect(everywhere).not.toContain(hidden);
  });

  it("of ntfy lose their token when the URL leads to another server, unless it is entered again", async () => {
    const url = "https://ntfy.example.com/topic";
    const { id } = await createChannel(
      admin,
      channelInput.parse({ type: "ntfy", name: "Token", url, secret: "tk_secret" }),
    );
    const after = async (edit: object) => {
      await changeChannel(admin, { channelId: id, ...edit });
      return secretsOf(id);
    };
    const elsewhere = "https://elsewhere.example.com/topic";
    expect(await after({ name: "Renamed", url: `${url}/2` })).toMatchObject({ secret: "tk_secret" });
    expect(await after({ url: elsewhere })).toEqual({ url: elsewhere, secret: null });
    expect(await after({ url, secret: "tk_again" })).toEqual({ url, secret: "tk_again" });
    const unencrypted = url.replace("https", "http");
    expect(await after({ url: unencrypted })).toEqual({ url: unencrypted, secret: null });
  });

  it("of webhooks keep their signing secret when the URL changes, as it is never sent", async () => {
    const { id, secret } = await createChannel(admin, hook("Moved"));
    await changeChannel(admin, { channelId: id, url: "https://elsewhere.example.com/hook" });
    expect(await secretsOf(id)).toMatchObject({ secret });
  });

  it("of email that have lost their last address are neither resumed nor tested", async () => {
    const addresses = ["gone@example.com"];
    const { id } = await createChannel(admin, channelInput.parse({ type: "mail", name: "Gone", addresses }));
    await database().execute(sql`update notification_channels set addresses = '{}' where id = ${id}`);
    for (const work of [resumeChannel, testChannel]) {
      await expect(work(admin, { channelId: id })).rejects.toMatchObject({ code: "conflict" });
    }
  });

  it("have names of their own within a company", async () => {
    await createChannel(admin, hook("Twice"));
    await expect(createChannel(admin, hook("TWICE"))).rejects.toMatchObject({
      code: "conflict",
      fields: [{ field: "name" }],
    });
    await createChannel(operatorIn(other), hook("Twice"));
  });

  it("are at most fifty in a company", async () => {
    const full = operatorIn(await makeCompany("Full"));
    for (let n = 1; n < 50; n += 1) await createChannel(full, hook(`Hook ${n}`));
    const last = await Promise.allSettled([createChannel(full, hook("A")), createChannel(full, hook("B"))]);
    expect(last.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await expect(createChannel(full, hook("One more"))).rejects.toMatchObject({
      code: "conflict",
      message: "There are already 50 channels. Delete one first.",
    });
    await deleteChannel(full, { channelId: (await readChannels(full))[0]!.id });
    await createChannel(full, hook("In its place"));
  });

  it("go with their deliveries, and with their company", async () => {
    const doomed = await makeCompany("Doomed");
    const context = operatorIn(doomed);
    const { id } = await createChannel(context, hook("Doomed"));
    const { deliveryIds } = await testChannel(context, { channelId: id });
    const idsFor = async (reader: CompanyContext) =>
      (await readDeliveriesScreen(reader, {}, "")).deliveries.map((delivery) => delivery.id);
    expect([await idsFor(context), await idsFor(operatorIn(other))]).toEqual([deliveryIds, []]);
    await deleteChannel(context, { channelId: id });
    expect(await idsFor(context)).toEqual([]);
    await createChannel(context, hook("Doomed again"));
    await deleteCompany(context, { confirmedName: doomed.name, isPurgeWanted: false });
    const [left] = await database().execute<{ count: number }>(
      sql`select count(*)::int as count from notification_channels where company_id = ${doomed.companyId}`,
    );
    expect(left!.count).toBe(0);
  });
});

describe("subscriptions", () => {
  it("join a channel of the company to kinds that are told there", async () => {
    const { id: channelId } = await createChannel(admin, hook("Subscribed"));
    const wanted = (more: object) =>
      subscriptionInput.parse({ channelId, kinds: ["computer.silent"], ...more });
    const { id } = await createSubscription(admin, wanted({ siteIds: [company.siteIds[0]] }));
    expect(
      (await readWithin(admin.scope, (tx) => listSubscriptions(tx, admin.scope))).find(
        (one) => one.id === id,
      ),
    ).toMatchObject({
      channelId,
      kinds: ["computer.silent"],
      siteIds: [company.siteIds[0]],
    });
    for (const [input, code] of [
      [wanted({ siteIds: [other.siteIds[0]] }), "not_found"],
      [wanted({ computerIds: [999_999] }), "not_found"],
      [wanted({ kinds: ["job.failed"] }), "invalid"],
    ] as const) {
      await expect(createSubscription(admin, input)).rejects.toMatchObject({ code });
    }
    await expect(createSubscription(member, wanted({}))).rejects.toMatchObject({ code: "forbidden" });
    await expect(createSubscription(operatorIn(other), wanted({}))).rejects.toMatchObject({
      code: "not_found",
    });
    await deleteSubscription(admin, { subscriptionId: id });
    await expect(deleteSubscription(admin, { subscriptionId: id })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("go to a mailbox once, however it is spelled", async () => {
    const mail = {
      name: "Spelled",
      type: "mail",
      addresses: ["Ann@example.com", "ann@example.com", "b@example.com"],
    };
    const { id: channelId } = await createChannel(admin, channelInput.parse(mail));
    const addressesOf = async () => (await readChannels(admin)).find(({ id }) => id === channelId)?.addresses;
    expect(await addressesOf()).toEqual(["Ann@example.com", "b@example.com"]);
    await changeChannel(admin, { channelId, addresses: ["c@example.com", "C@EXAMPLE.com"] });
    expect(await addressesOf()).toEqual(["c@example.com"]);
  });

  it("are up to a hundred of a channel, also when two people add the last one", async () => {
    const { id: channelId } = await createChannel(admin, hook("Full"));
    const wanted = subscriptionInput.parse({ channelId, kinds: ["computer.silent"] });
    for (let n = 1; n < 100; n += 1) await createSubscription(admin, wanted);
    const last = await Promise.allSettled([1, 2].map(() => createSubscription(admin, wanted)));
    expect(last.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await expect(createSubscription(admin, wanted)).rejects.toMatchObject({
      code: "conflict",
      message: "The channel already has 100 subscriptions. Delete one first.",
    });
  });

  it("of the portal are a GlobalAdmin's", async () => {
    const portal = portalContext(await contextOf(await makeUser("GlobalAdmin")));
    const { id: channelId } = await createChannel(portal, hook("Portal"));
    await createSubscription(portal, subscriptionInput.parse({ channelId, kinds: ["job.failed"] }));
    const wrong = subscriptionInput.parse({ channelId, kinds: ["computer.silent"] });
    await expect(createSubscription(portal, wrong)).rejects.toMatchObject({ code: "invalid" });
    expect(await readChannels(portal)).toMatchObject([{ name: "Portal" }]);
  });
});
