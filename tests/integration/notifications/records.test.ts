import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { writeWithin } from "@/db/scope";
import { operatorActor } from "@/lib/services/audit/actor";
import { notify } from "@/lib/services/notifications/notify";
import { testChannel } from "@/lib/services/notifications/manage-channels";
import { exportAccount } from "@/lib/services/privacy/export-account";
import { eraseAccount } from "@/lib/services/privacy/persons";
import { runRetention } from "@/lib/services/retention/run-retention";
import { COMMANDS } from "@/scripts/admin/commands";
import { setCompanyRetention, setSettings } from "../../support/aged-records";
import { makeChannel, operatorIn, tellSilent } from "../../support/notifying";
import { provideOwnDatabase } from "../../support/own-database";
import { makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();

const never = new AbortController().signal;
let company: TestCompany;

beforeAll(async () => {
  await setSettings({ timeZone: "UTC" });
  company = await makeCompany("Kept");
});

async function count(table: string, where: TestCompany): Promise<number> {
  const [row] = await database().execute<{ count: number }>(
    `select count(*)::int as count from ${table} where company_id = ${where.companyId}`,
  );
  return row!.count;
}

describe("what notifications hold of a person", () => {
  it("is exported with the rest, and loses the name with the account", async () => {
    await storeEvents(company, [{ type: "Logon", user: "Frieda", computer: "PC-1", at: Date.now() - 1000 }]);
    const [account] = await database().execute<{ id: number }>(
      sql`select id from accounts where company_id = ${company.companyId} and name = 'Frieda'`,
    );
    const { id } = account!;
    const { scope, siteIds } = company;
    await writeWithin(scope, (tx) =>
      notify(tx, scope, "account.locked-out", {
        account: { id, name: "Frieda" },
        computer: { id: 1, name: "PC-1" },
        site: { id: siteIds[0]!, name: "HO" },
        at: new Date().toISOString(),
      }),
    );
    const file = await exportAccount(operatorIn(company), { account: id, format: "json" });
    let text = "";
    for await (const piece of file.text) text += piece;
    expect(JSON.parse(text)).toMatchObject({ notifications: [{ kind: "account.locked-out" }] });
    await eraseAccount(operatorIn(company), { accountId: id, confirmedName: "Frieda" });
    const [told] = await database().execute<{ params: object }>(
      sql`select params from notifications where account_id = ${id}`,
    );
    expect(told!.params).toMatchObject({ account: { id, name: `Erased account ${id}` } });
    const [row] = await database().execute<{ count: number }>(
      sql`select count(*)::int as count from notifications n where n::text ilike '%frieda%'`,
    );
    expect(row!.count).toBe(0);
  });
});

describe("retention", () => {
  it("deletes notifications and deliveries after ninety days, or sooner with the company's events", async () => {
    const short = await makeCompany("Short");
    await setCompanyRetention(short, { events: 10 });
    for (const [where, days] of [
      [company, [95, 20, 1]],
      [short, [95, 20, 1]],
    ] as const) {
      const { id: channelId } = await makeChannel(where, { type: "webhook", url: "https://example.com" });
      for (const [place, age] of days.entries()) {
        await tellSilent(where, place + 1);
        await testChannel(operatorIn(where), { channelId });
        await database().execute(sql`
          update notifications set ended_at = now(), created_at = now() - make_interval(days => ${age})
          where company_id = ${where.companyId} and kind = 'computer.silent' and ended_at is null`);
        await database().execute(sql`
          update notification_deliveries set created_at = now() - make_interval(days => ${age})
          where company_id = ${where.companyId} and created_at > now() - interval '1 hour'`);
      }
    }
    await tellSilent(short, 9);
    await database().execute(sql`
      update notifications set created_at = now() - interval '1 year' where company_id = ${short.companyId}
        and ended_at is null`);
    const { notifications } = await runRetention(operatorActor("command line"), never);
    expect(notifications).toBe(6);
    expect(await count("notification_deliveries", company)).toBe(2);
    expect(await count("notification_deliveries", short)).toBe(1);
    // What still lasts is kept, or it would be told as news again.
    expect(await count("notifications", short)).toBe(2);
  });
});

describe("the command line", () => {
  const run = async (command: string, options: object) => {
    const { json } = await COMMANDS[command]!.run(options as never, []);
    return json as Record<string, never>;
  };

  it("makes channels and subscriptions, and lists deliveries", async () => {
    const { name } = company;
    const url = "https://example.com/hook";
    const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
    const made = await run("create-channel", { company: name, type: "webhook", url, secret });
    expect(made).toEqual({ id: expect.any(Number), secret });
    const own = await run("create-channel", { company: name, type: "webhook", url, name: "Own secret" });
    expect(own.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const subscribed = {
      company: String(company.companyId),
      channel: String(made.id),
      kinds: "key.created,computer.silent",
    };
    expect(await run("create-subscription", subscribed)).toEqual({ id: expect.any(Number) });
    await expect(run("create-subscription", { ...subscribed, kinds: "no.kind" })).rejects.toThrow(/kinds/);
    await expect(run("create-subscription", { ...subscribed, channel: "x" })).rejects.toThrow(/channelId/);
    await expect(run("create-channel", { company: name, type: "webhook", url: "ftp://x" })).rejects.toThrow(
      /url/,
    );
    const mail = await run("create-channel", {
      company: "portal",
      type: "mail",
      to: "a@example.com,b@example.com",
    });
    expect(mail.secret).toBeNull();
    const all = { company: "portal", channel: String(mail.id), kinds: "all" };
    expect(await run("create-subscription", all)).toEqual({ id: expect.any(Number) });
    await testChannel(operatorIn(company), { channelId: Number(made.id) });
    const { deliveries } = await run("list-deliveries", { company: name });
    expect(deliveries![0]).toMatchObject({
      channel: { id: made.id },
      state: "waiting",
      reason: "test",
      attempts: 0,
    });
    expect(JSON.stringify(deliveries)).not.toContain("/hook");
  });
});
