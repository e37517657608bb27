import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { permittedScope } from "@/lib/services/tables/permitted-scope";
import { deliveriesList, notificationsList } from "@/lib/services/tables/notification-lists";
import { eventsList } from "@/lib/services/tables/lists";
import { testChannel } from "@/lib/services/notifications/manage-channels";
import type { Mount } from "../../support/agent-mounts";
import { makeChannel, operatorIn, tellSilent } from "../../support/notifying";
import { contextOf, makeUser } from "../../support/people";
import { openReadApi } from "../../support/read-api-mount";
import { makeKey } from "../../support/read-keys";
import { makeCompany, scopeOver, type TestCompany } from "../../support/stored-events";

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
