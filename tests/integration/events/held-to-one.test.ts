import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDatabase, database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { ianaZone } from "@/lib/domain/zones";
import type { CompanyView } from "@/lib/server/guards";
import { listedCompanies } from "@/lib/server/listed-companies";
import { readAccess } from "@/lib/services/access/read-access";
import { readEventsScreen } from "@/lib/services/events/read-events-screen";
import { makeUser } from "../../support/people";
import { makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";

const UTC = ianaZone("Etc/UTC");
const NOW = Date.now();
const EVENTS = 60;
let own: TestCompany;
let other: TestCompany;
let stranger: TestCompany;
let view: CompanyView;

beforeAll(async () => {
  await database().transaction(ensureSettings);
  [own, other, stranger] = [
    await makeCompany("Held", 2),
    await makeCompany("Beside"),
    await makeCompany("Away"),
  ];
  for (const company of [own, other, stranger]) {
    const events = Array.from({ length: EVENTS }, (_, n) => ({
      type: "Logon",
      user: `user.${n}`,
      computer: "PC-1",
      at: NOW - n * 1_000,
    }));
    await storeEvents(company, events);
  }
  const memberships = [own, other].map(({ companyId }) => ({ companyId, role: "User" }));
  const access = (await readAccess((await makeUser("User", memberships)).id))!;
  view = { access, scope: access.scope, company: null, companyRef: "all" } as unknown as CompanyView;
});
afterAll(() => closeDatabase());

async function read(params: Record<string, string>) {
  const { scope, names, ignored } = listedCompanies(view, params);
  const screen = await readEventsScreen(scope, params, UTC, NOW);
  return {
    ...screen,
    names,
    ignored: [...ignored, ...screen.ignored],
    count: await screen.count,
    companies: [...new Set(screen.page?.rows.map(({ companyId }) => companyId))].toSorted((a, b) => a - b),
  };
}
const idsOf = (...companies: TestCompany[]) => companies.map(({ companyId }) => companyId);

test("events of all companies are held to one: its rows, its number, its sites, and its live events", async () => {
  const all = await read({});
  expect(all).toMatchObject({ companies: idsOf(own, other), count: { total: 2 * EVENTS } });
  const held = await read({ only: String(own.companyId) });
  expect(held).toMatchObject({
    companies: idsOf(own),
    count: { total: EVENTS },
    request: { only: own.companyId },
    names: { companyRef: "all", heldRef: String(own.companyId) },
    ignored: [],
  });
  expect(held.sites.map(({ id }) => id).toSorted()).toEqual(own.siteIds.toSorted());
});

test("another page of all companies shows nothing of the others once the list is held to one", async () => {
  const { page } = await read({ size: "50" });
  expect(page!.next).not.toBeNull();
  const held = await read({ size: "50", only: String(own.companyId), after: page!.next! });
  expect(held.companies.filter((id) => id !== own.companyId)).toEqual([]);
});

test("a company that the person doesn't see, or that is none, holds the list to nothing", async () => {
  for (const only of [String(stranger.companyId), "0", "none"]) {
    expect(await read({ only })).toMatchObject({
      companies: idsOf(own, other),
      names: { heldRef: "all" },
      ignored: ["only"],
    });
  }
});
