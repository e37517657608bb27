import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { wordText } from "@/lib/domain/text";
import { PROGRAM_READER } from "@/lib/english";
import { permittedScope } from "@/lib/services/tables/permitted-scope";
import { deliveriesList, notificationsList } from "@/lib/services/tables/notification-lists";
import { eventsList } from "@/lib/services/tables/lists";
import { testChannel } from "@/lib/services/notifications/manage-channels";
import type { Mount } from "../../support/agent-mounts";
import { openTable } from "../../support/ask-table";
import { makeChannel, operatorIn, tellSilent } from "../../support/notifying";
import { contextOf, makeUser } from "../../support/people";
import { openReadApi } from "../../support/read-api-mount";
import { makeKey } from "../../support/read-keys";
import { makeCompany, scopeOver, storeEvents, type TestCompany } from "../../support/stored-events";

let company: TestCompany;
let other: TestCompany;
let api: Mount;
let key: string;

beforeAll(async () => {
  await database().transaction(ensureSettings);
  [company, other] = await Promise.all([makeCompany("Listed"), makeCompany("Unlisted")]);
  for (let n = 1; n <= 5; n += 1) await tellSilent(company, n, `LISTED-${n}`);
  await tellSilent(other, 1, "UNLISTED");
  const address = { type: "webhook", url: "https://example.com/secret-path" };
  for (const { id } of [await makeChannel(company, address), await makeChannel(company, address)]) {
    await testChannel(operatorIn(company), { channelId: id });
  }
  await testChannel(operatorIn(other), { channelId: (await makeChannel(other, address)).id });
  key = await makeKey(company, { scopes: ["read"] });
  api = await openReadApi();
});
afterAll(() => api.close());

async function read(address: string) {
  const answer = await fetch(`${api.url}/api/v1/${address}`, { headers: { "X-API-Key": key } });
  const body = (await answer.json()) as { rows: Record<string, unknown>[]; next: string | null };
  return { ...body, status: answer.status };
}

describe("the lists of notifications and deliveries", () => {
  it("hold the key's company alone, newest first, page by page", async () => {
    const first = await read("notifications?limit=3");
    expect(first.rows.map(({ sentence }) => String(sentence).slice(9, 17))).toEqual([
      "LISTED-5",
      "LISTED-4",
      "LISTED-3",
    ]);
    const rest = await read(`notifications?limit=3&after=${first.next}`);
    expect(rest.rows.map(({ computerId }) => computerId)).toEqual([2, 1]);
    expect(rest.next).toBeNull();
    const deliveries = await read("deliveries");
    expect(deliveries.rows).toHaveLength(2);
    expect(deliveries.rows[0]).toMatchObject({
      state: "waiting",
      reason: "test",
      target: "https://example.com",
    });
    expect(JSON.stringify([first, rest, deliveries])).not.toMatch(/UNLISTED|secret-path/);
  });

  it("can be filtered, and say what is wrong with a filter", async () => {
    expect((await read("notifications?computer=2")).rows).toHaveLength(1);
    expect((await read("notifications?state=over")).rows).toEqual([]);
    expect((await read("notifications?state=open&kind=computer.silent")).rows).toHaveLength(5);
    expect((await read("notifications?severity=critical")).rows).toEqual([]);
    expect((await read("deliveries?state=done")).rows).toEqual([]);
    expect((await read("deliveries?channel=999999")).rows).toEqual([]);
    for (const wrong of ["notifications?kind=no.kind", "deliveries?state=lost", "deliveries?after=nonsense"])
      expect((await read(wrong)).status).toBe(400);
  });

  it("are for administrators of a company, and of several companies show those alone", async () => {
    const both = scopeOver([company, other]);
    const person = await makeUser("User", [
      { companyId: company.companyId, role: "CompanyAdmin" },
      { companyId: other.companyId, role: "User" },
    ]);
    const { actor } = await contextOf(person);
    for (const list of [notificationsList, deliveriesList]) {
      expect(permittedScope(list, both, actor).companyIds).toEqual([company.companyId]);
      expect(() => permittedScope(list, other.scope, actor)).toThrow(/role doesn't allow/);
      expect(permittedScope(list, both, null)).toBe(both);
    }
    expect(permittedScope(eventsList, both, actor)).toBe(both);
  });
});

describe("the heading of a file names each filter by its words, and none by a number alone:", () => {
  /** The values of each filter, with what the heading says. */
  async function filtersOf(own: TestCompany) {
    const idOf = async (table: string, name: string) => {
      const [row] = await database().execute<{ id: number }>(
        sql`select id from ${sql.raw(table)} where company_id = ${own.companyId} and name = ${name}`,
      );
      return String(row!.id);
    };
    return {
      notifications: {
        kind: ["computer.silent", "Kind: Computer silent"],
        severity: ["critical", "Severity: Critical"],
        state: ["open", "State: Ongoing"],
        site: [String(own.siteIds[0]), "Site: HO"],
        account: [await idOf("accounts", "anna"), "Account: anna"],
        computer: [await idOf("computers", "DESK"), "Computer: DESK"],
      },
      deliveries: {
        channel: [await idOf("notification_channels", "Night watch"), "Channel: Night watch"],
        state: ["dropped", "State: Discarded"],
        reason: ["reminder", "Reason: Reminder"],
      },
    };
  }

  it.each([notificationsList, deliveriesList])("$name", async (list) => {
    const own = await makeCompany("Headed");
    await storeEvents(own, [{ type: "logon", user: "anna", computer: "DESK", at: Date.now() }]);
    await makeChannel(own, { type: "webhook", url: "https://example.com/", name: "Night watch" });
    const expected = (await filtersOf(own))[list.name as "notifications" | "deliveries"];
    const paging = ["tz", "limit", "after"];
    expect(Object.keys(expected).toSorted()).toEqual(
      Object.keys(list.query.shape)
        .filter((name) => !paging.includes(name))
        .toSorted(),
    );
    for (const [name, [value, words]] of Object.entries(expected)) {
      const texts = await openTable(list, own, { [name]: value! }).filterWords();
      expect(texts.map((text) => wordText(text, PROGRAM_READER))).toEqual([words]);
    }
  });

  it("a channel of another company, by that it has no name here", async () => {
    const { id } = await makeChannel(other, { type: "webhook", url: "https://example.com/" });
    const texts = await openTable(deliveriesList, company, { channel: String(id) }).filterWords();
    expect(texts.map((text) => wordText(text, PROGRAM_READER))).toEqual([`Channel: ID ${id}`]);
  });
});
