import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { nameKey } from "@/lib/domain/events/wire";
import { verifyAudit } from "@/lib/services/audit/verify-audit";
import { exportAccount } from "@/lib/services/privacy/export-account";
import { eraseAccount } from "@/lib/services/privacy/persons";
import { setSettings } from "../../support/aged-records";
import { provideMail } from "../../support/mailing";
import { NAME, NAME_MARK, nameEverywhere, type NamedEverywhere } from "../../support/named-everywhere";
import { provideNotifying } from "../../support/notifying";
import { provideOwnDatabase } from "../../support/own-database";
import { NAME_PLACES, NAMELESS_TABLES, UNREADABLE_PLACES } from "../../support/where-names-are";

provideOwnDatabase();
provideMail();
provideNotifying();

let named: NamedEverywhere;
beforeAll(async () => {
  await setSettings({ timeZone: "UTC" });
  named = await nameEverywhere();
});

async function listTables(): Promise<string[]> {
  const rows = await database().execute<{ name: string }>(sql`
    select table_name as name from information_schema.tables
    where table_schema = current_schema() and table_type = 'BASE TABLE' order by 1`);
  return rows.map(({ name }) => name);
}

/** The tables with a row that has one of the texts in any column, in any letter case, as text or as bytes. */
async function tablesWith(...texts: string[]): Promise<string[]> {
  const marks = texts.flatMap((text) => [text, Buffer.from(text).toString("hex")]);
  const found: string[] = [];
  for (const table of await listTables()) {
    const rows = await database().execute<{ row: string }>(
      sql`select t::text as row from ${sql.identifier(table)} t`,
    );
    const isThere = rows.some(({ row }) => marks.some((mark) => nameKey(row).includes(mark)));
    if (isThere) found.push(table);
  }
  return found;
}

async function readExport(): Promise<Record<string, unknown>> {
  const { context } = named.admin;
  const { text } = await exportAccount(context, { account: named.accountId, format: "json" });
  let whole = "";
  for await (const piece of text) whole += piece;
  return JSON.parse(whole) as Record<string, unknown>;
}

const sorted = (names: Iterable<string>) => [...names].toSorted();

describe("an account's name", () => {
  it("has a known place or none in every table of the schema", async () => {
    const known = [NAME_PLACES, UNREADABLE_PLACES, NAMELESS_TABLES].flatMap((places) => Object.keys(places));
    expect(sorted(known)).toEqual(sorted(await listTables()));
  });

  it("or its id is in each of those places, and in no other", async () => {
    const found = await tablesWith(NAME_MARK, String(named.accountId));
    expect(sorted(found)).toEqual(sorted(Object.keys(NAME_PLACES)));
  });

  it("is exported from each of those places, or it is said why not", async () => {
    await readExport();
    const held = await readExport();
    const keys = Object.values(NAME_PLACES).flatMap(({ exported }) =>
      typeof exported === "string" ? [exported] : [],
    );
    const empty = keys.filter((key) => JSON.stringify(held[key] ?? []).length <= 2);
    expect(empty).toEqual([]);
    expect(held).toMatchObject({
      account: { id: named.accountId, name: NAME },
      alertExceptions: [{ reason: "quetzal.zoé types badly", endsAt: null }],
      calendarExemptions: [{ reason: "Quetzal.Zoé is on call" }],
      tagPatterns: [{ pattern: NAME }, { pattern: "quetzal.zoé" }],
      notificationSubscriptions: [{ channel: expect.stringMatching(/^Channel/) }],
      savedViews: [{ name: "Hours of Quetzal" }, { name: "Failures of Quetzal" }],
    });
    const comments = (held.alerts as { history: { by: string; comment: string }[] }[]).flatMap(
      ({ history }) => history,
    );
    expect(comments.map(({ comment }) => comment)).toEqual(
      expect.arrayContaining(["QUETZAL.ZOÉ was called", `${NAME} was on holiday`]),
    );
    expect(new Set(comments.map(({ by }) => by))).toEqual(new Set([named.admin.person.username]));
    const actions = (held.auditTrail as { action: string }[]).map(({ action }) => action);
    expect(actions).toEqual(
      expect.arrayContaining(["tag.update", "exemption.create", "exception.create", "subscription.create"]),
    );
  });

  it("is nowhere after it is erased, but where a reason is given", async () => {
    const { admin, accountId, company } = named;
    const [last] = await database().execute<{ seq: number }>(
      sql`select head_seq::float8 as seq from audit_chain`,
    );
    await eraseAccount(admin.context, { accountId, confirmedName: NAME });
    const places = Object.entries(NAME_PLACES);
    const kept = places.flatMap(([table, { keepsName }]) => (keepsName ? [table] : []));
    expect(sorted(await tablesWith(NAME_MARK))).toEqual(sorted(kept));
    const rows = await database().execute<{ action: string; row: string }>(sql`
      select action, l::text as row from audit_log l
      where company_id = ${company.companyId} and seq > ${last!.seq} order by seq`);
    expect(rows.map(({ action }) => action)).toEqual([
      "schedule.delete",
      "schedule.delete",
      "view.delete",
      "view.delete",
      "privacy.erase",
    ]);
    expect(rows.filter(({ row }) => nameKey(row).includes(NAME_MARK))).toEqual([]);
    expect(await verifyAudit()).toMatchObject({ ok: true });
  });

  it("reads otherwise in comments and notifications afterwards", async () => {
    const { accountId } = named;
    const erased = `Erased account ${accountId}`;
    const comments = await database().execute<{ comment: string }>(sql`
      select distinct comment from alert_history where comment like ${`%${erased}%`}`);
    expect(sorted(comments.map(({ comment }) => comment))).toEqual([
      `${erased} types badly`,
      `${erased} was called`,
      `${erased} was on holiday`,
    ]);
    const [stopped] = await database().execute<{ params: object }>(
      sql`select params from notifications where kind = 'report.stopped'`,
    );
    expect(stopped!.params).toMatchObject({ view: erased });
    const held = await readExport();
    expect(held).toMatchObject({ account: { name: erased }, savedViews: [], alertExceptions: [], tags: [] });
  });
});
