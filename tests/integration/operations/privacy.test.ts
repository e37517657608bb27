import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { defaultPrivacyTexts } from "@/lib/domain/privacy/default-text";
import { wordText } from "@/lib/domain/text";
import { verifyAudit } from "@/lib/services/audit/verify-audit";
import type { CompanyContext } from "@/lib/services/context";
import { exportAccount } from "@/lib/services/privacy/export-account";
import { eraseAccount, findPersons } from "@/lib/services/privacy/persons";
import { readPrivacyNotice, savePrivacyText } from "@/lib/services/privacy/privacy-text";
import { readerOf, TEXT_LOCALES } from "@/lib/texts";
import { setSettings } from "../../support/aged-records";
import { provideOwnDatabase } from "../../support/own-database";
import { makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();

let company: TestCompany;
let other: TestCompany;
const DAY = 86_400_000;

beforeAll(async () => {
  await setSettings({ timeZone: "UTC" });
  [company, other] = await Promise.all([makeCompany("Held"), makeCompany("Other")]);
});

function contextIn({ scope }: TestCompany): CompanyContext {
  const actor = { userId: 7, globalRole: "GlobalAdmin", memberships: [] };
  return { actor, audit: { actorUserId: 7, actorName: "boss", address: "192.0.2.1" }, scope };
}

async function accountOf(name: string, { companyId }: TestCompany = company): Promise<number> {
  const [row] = await database().execute<{ id: number }>(
    sql`select id from accounts where company_id = ${companyId} and name = ${name}`,
  );
  return row!.id;
}

async function textOf(account: number, format: "json" | "csv", where = company): Promise<string> {
  const file = await exportAccount(contextIn(where), { account, format });
  let text = "";
  for await (const piece of file.text) text += piece;
  return text;
}

describe("the export of what is held", () => {
  it("has every event of the account, over any number of pages, and no one else's", async () => {
    const at = Date.now() - 2 * DAY;
    await storeEvents(
      company,
      Array.from({ length: 2_500 }, (_, n) => ({
        type: "Unlock",
        user: n % 2 ? "anna" : "ben",
        computer: "=cmd()",
        // Many at the same moment, so that a page ends among them.
        at: at + Math.floor(n / 700) * 1000,
      })),
    );
    const id = await accountOf("anna");
    const held = JSON.parse(await textOf(id, "json")) as {
      account: { name: string };
      events: { occurredAt: string; agentEventId: string; kind: string }[];
      lastPlaces: unknown[];
    };
    expect(held.account).toMatchObject({ id, name: "anna" });
    expect(held.events).toHaveLength(1_250);
    expect(new Set(held.events.map(({ agentEventId }) => agentEventId)).size).toBe(1_250);
    expect(held.events[0]).toMatchObject({ kind: "unlock", computer: "=cmd()" });
    expect(held.lastPlaces).toHaveLength(1);
    const lines = (await textOf(id, "csv")).trimEnd().split("\r\n");
    expect(lines).toHaveLength(1_251);
    expect(lines[1]).toContain("'=cmd()");
    expect(JSON.stringify(held)).not.toContain("ben");
  });

  it("is audited by number, tells of earlier ones, and is refused for another company's account", async () => {
    const id = await accountOf("anna");
    const held = JSON.parse(await textOf(id, "json")) as { auditTrail: { action: string }[] };
    expect(held.auditTrail.filter(({ action }) => action === "privacy.export").length).toBeGreaterThanOrEqual(
      3,
    );
    const rows = await database().execute<{ target_name: string | null; actor_name: string }>(
      sql`select target_name, actor_name from audit_log where action = 'privacy.export'`,
    );
    expect(rows.every((row) => row.target_name === null && row.actor_name === "boss")).toBe(true);
    await expect(textOf(id, "json", other)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("erasing an account", () => {
  it("takes the name out of the records and leaves the events and their counts", async () => {
    await storeEvents(company, [{ type: "Logon", user: "Clara", computer: "pc", at: Date.now() - DAY }]);
    const id = await accountOf("Clara");
    await expect(
      eraseAccount(contextIn(company), { accountId: id, confirmedName: "clara?" }),
    ).rejects.toMatchObject({ code: "invalid" });
    await expect(
      eraseAccount(contextIn(other), { accountId: id, confirmedName: "Clara" }),
    ).rejects.toMatchObject({ code: "not_found" });
    await eraseAccount(contextIn(company), { accountId: id, confirmedName: "Clara" });
    const [row] = await database().execute<{ name: string; name_key: string; events: number }>(sql`
      select a.name, a.name_key, (select count(*)::int from events e where e.company_id = a.company_id and e.account_id = a.id) as events
      from accounts a where id = ${id}`);
    expect(row).toMatchObject({ name: `Erased account ${id}`, events: 1 });
    expect(row!.name_key).not.toContain("clara");
    await expect(
      eraseAccount(contextIn(company), { accountId: id, confirmedName: `Erased account ${id}` }),
    ).rejects.toMatchObject({ code: "conflict" });
    const [found] = await database().execute<{ count: number }>(
      sql`select count(*)::int as count from audit_log l where l::text ilike '%clara%'`,
    );
    expect(found!.count).toBe(0);
    expect(await verifyAudit()).toMatchObject({ ok: true });
    const { persons } = await findPersons(contextIn(company), `erased account ${id}`);
    expect(persons).toMatchObject([{ accountId: id, erasedAt: expect.any(Number) }]);
  });

  it("opens a new account for what the person does next, also where the old id was cached", async () => {
    const send = () =>
      storeEvents(company, [{ type: "Lock", user: "Dora", computer: "pc", at: Date.now() - 1000 }]);
    await send();
    const id = await accountOf("Dora");
    // As another server does it: this process keeps the id it has cached.
    await database().execute(sql`
      update accounts set name = 'Erased account', name_key = chr(1) || id, erased_at = now()
      where company_id = ${company.companyId} and id = ${id}`);
    await send();
    expect(await accountOf("Dora")).not.toBe(id);
    const [row] = await database().execute<{ count: number }>(
      sql`select count(*)::int as count from events where account_id = ${id}`,
    );
    expect(row!.count).toBe(1);
  });

  it("finds no way for an event to reach an erased account while it is being erased", async () => {
    const senders = Array.from({ length: 4 }, async (_, sender) => {
      for (let n = 0; n < 25; n += 1) {
        await storeEvents(company, [
          { type: "Lock", user: "Emil", computer: `pc ${sender}`, at: Date.now() - 5000 },
        ]);
      }
    });
    let id: number | undefined;
    while (id === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      id = await accountOf("Emil").catch(() => undefined);
    }
    const eventsOf = async (where: ReturnType<typeof sql>) => {
      const [row] = await database().execute<{ count: number }>(sql`
        select count(*)::int as count from events e join accounts a on a.company_id = e.company_id and a.id = e.account_id
        where e.company_id = ${company.companyId} and ${where}`);
      return row!.count;
    };
    await eraseAccount(contextIn(company), { accountId: id, confirmedName: "Emil" });
    const atErasure = await eventsOf(sql`a.id = ${id}`);
    await Promise.all(senders);
    expect(await eventsOf(sql`a.id = ${id}`)).toBe(atErasure);
    expect(await eventsOf(sql`a.name = 'Emil'`)).toBe(100 - atErasure);
  });
});

describe("the privacy text", () => {
  it("is the default one until the company writes its own, and again when that is emptied; changes are audited", async () => {
    expect(await readPrivacyNotice(company.scope)).toMatchObject({ text: null });
    for (const locale of TEXT_LOCALES) {
      const reader = readerOf(locale, "UTC");
      const standard = defaultPrivacyTexts(company.name).map((paragraph) => wordText(paragraph, reader));
      await savePrivacyText(contextIn(company), { privacyText: standard.join("\n\n") });
      expect(await readPrivacyNotice(company.scope)).toMatchObject({ text: null });
    }
    await savePrivacyText(contextIn(company), { privacyText: "Ask Ms Smith." });
    expect(await readPrivacyNotice(company.scope)).toMatchObject({ text: "Ask Ms Smith." });
    expect(await readPrivacyNotice(other.scope)).toMatchObject({ text: null });
    await savePrivacyText(contextIn(company), { privacyText: null });
    expect(await readPrivacyNotice(company.scope)).toMatchObject({ text: null });
    const [row] = await database().execute<{ count: number }>(
      sql`select count(*)::int as count from audit_log where action = 'privacy.update-text'`,
    );
    expect(row!.count).toBe(2);
  });
});
