import { beforeEach, describe, expect, it } from "vitest";
import { sql } from "drizzle-orm";
import { database } from "@/db/client";
import { feedBell } from "@/lib/server/bell-feed";
import { eventStreamResponse } from "@/lib/server/event-stream";
import { companyViewOf } from "@/lib/server/guards";
import { operatorContext } from "@/lib/services/context";
import { countUnreadOf, markNotificationsRead, readBell } from "@/lib/services/notifications/bell";
import { removeMembership, setMembership } from "@/lib/services/users/change-roles";
import { setSettings } from "../../support/aged-records";
import { eventually, tellSilent } from "../../support/notifying";
import { provideOwnDatabase } from "../../support/own-database";
import { contextOf, makeUser } from "../../support/people";
import { signedInAs } from "../../support/signed-in";
import { makeCompany, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();

let company: TestCompany;
let number = 0;
beforeEach(async () => {
  await setSettings({ timeZone: "UTC" });
  company = await makeCompany("Bell");
});

const administrator = () => makeUser("User", [{ companyId: company.companyId, role: "CompanyAdmin" }]);
const tell = () => tellSilent(company, (number += 1));

describe("the bell", () => {
  it("counts what each administrator has not read, alike ones in one line, and keeps it for each", async () => {
    const [one, other] = [await contextOf(await administrator()), await contextOf(await administrator())];
    for (let n = 0; n < 3; n += 1) await tell();
    const bell = await readBell(one.actor);
    expect(bell).toMatchObject({
      count: 3,
      isCut: false,
      lines: [{ line: { values: { what: { values: { count: 3 } } } } }],
    });
    expect(bell.lines[0]!.href).toBe(`/${company.companyId}/notifications?kind=computer.silent`);
    await tell();
    expect(await markNotificationsRead(one, { throughId: bell.throughId })).toEqual({ unread: 1 });
    expect(await countUnreadOf(one.actor)).toBe(1);
    expect((await readBell(one.actor)).lines[0]!.href).toBe(`/${company.companyId}/computers/${number}`);
    expect(await countUnreadOf(other.actor)).toBe(4);
  });

  it("names the company to those who administer several", async () => {
    const second = await makeCompany("Bell of a second");
    const [of, ofBoth] = [[company], [company, second]].map((companies) =>
      companies.map(({ companyId }) => ({ companyId, role: "CompanyAdmin" })),
    );
    const one = await contextOf(await makeUser("User", of));
    const both = await contextOf(await makeUser("User", ofBoth));
    await tell();
    await tellSilent(second, (number += 1));
    const companiesOf = async ({ actor }: typeof one) =>
      (await readBell(actor)).lines.map((line) => line.company).toSorted();
    expect(await companiesOf(both)).toEqual([company.name, second.name].toSorted());
    expect(await companiesOf(one)).toEqual([null]);
  });

  it("says when it lists only the newest twenty, as all are marked read together", async () => {
    const companies = await Promise.all(Array.from({ length: 21 }, (_, n) => makeCompany(`Bell ${n}`)));
    const memberships = companies.map(({ companyId }) => ({ companyId, role: "CompanyAdmin" }));
    const one = await contextOf(await makeUser("User", memberships));
    for (const each of companies.slice(1)) await tellSilent(each, (number += 1));
    expect(await readBell(one.actor)).toMatchObject({ count: 20, isCut: false });
    await tellSilent(companies[0]!, (number += 1));
    const { count, lines, isCut, throughId } = await readBell(one.actor);
    expect({ count, shown: lines.length, isCut }).toEqual({ count: 21, shown: 20, isCut: true });
    await markNotificationsRead(one, { throughId });
    expect(await readBell(one.actor)).toMatchObject({ count: 0, isCut: false });
  });

  it("rings for nobody but administrators, and for nothing of other companies or of long ago", async () => {
    const user = await contextOf(await makeUser("User", [{ companyId: company.companyId, role: "User" }]));
    const stranger = await makeCompany("Bell of others");
    const theirs = await contextOf(
      await makeUser("User", [{ companyId: stranger.companyId, role: "CompanyAdmin" }]),
    );
    const own = await contextOf(await administrator());
    await tell();
    expect([await countUnreadOf(user.actor), await countUnreadOf(theirs.actor)]).toEqual([0, 0]);
    await database().execute(sql`
      update notifications set created_at = now() - interval '15 days' where company_id = ${company.companyId}`);
    expect(await countUnreadOf(own.actor)).toBe(0);
  });

  it("tells an open page at once when something is told, and counts no further than a hundred", async () => {
    const person = await administrator();
    const counts: number[] = [];
    const stop = feedBell(person.id, ({ count }) => counts.push(count));
    await eventually("the first count is there", () => counts.length > 0);
    expect(counts[0]).toBe(0);
    for (let n = 0; n < 120; n += 1) await tell();
    await eventually("the page hears of them", () => counts.at(-1) === 100);
    stop();
  });

  it("tells the person's other windows what is left once some are marked as read, and leaves other people theirs", async () => {
    const [person, other] = [await administrator(), await administrator()];
    await tell();
    const shown = await readBell((await contextOf(person)).actor);
    await tell();
    const [counts, others]: number[][] = [[], []];
    const stops = [
      feedBell(person.id, ({ count }) => counts!.push(count)),
      feedBell(other.id, ({ count }) => others!.push(count)),
    ];
    await eventually("both windows know of two", () => counts!.at(-1) === 2 && others!.at(-1) === 2);
    const { unread } = await markNotificationsRead(await contextOf(person), { throughId: shown.throughId });
    expect(unread).toBe(1);
    await eventually("the window hears of the one that is left", () => counts!.at(-1) === 1);
    await tell();
    await eventually("the next one rings for both", () => counts!.at(-1) === 2 && others!.at(-1) === 3);
    expect(others!.filter((count) => count < 2)).toEqual([]);
    stops.forEach((stop) => stop());
  });

  it("rings by the stream of a live page too, so that a window needs one", async () => {
    const signedIn = await signedInAs(await administrator());
    const view = await companyViewOf(signedIn, String(company.companyId));
    const left = new AbortController();
    const told = { text: "" };
    void (async () => {
      const { body } = eventStreamResponse(view!, Date.now(), { method: "GET", signal: left.signal });
      const decoder = new TextDecoder();
      for await (const chunk of body!) told.text += decoder.decode(chunk);
    })();
    const saysCount = (count: number) => told.text.includes(`event: unread\ndata: {"count":${count}}\n\n`);
    await eventually("the first count is there", () => saysCount(0));
    await tell();
    await eventually("the page hears of it", () => saysCount(1));
    left.abort();
    expect(told.text.indexOf(`{"count":0}`)).toBeLessThan(told.text.indexOf(`{"count":1}`));
  });

  it("hears of a company whose administrator one becomes while the page is open, and no more of one that is lost", async () => {
    const person = await administrator();
    const counts: number[] = [];
    const stop = feedBell(person.id, ({ count }) => counts.push(count));
    await eventually("the first count is there", () => counts.at(-1) === 0);
    const added = await makeCompany("Bell added");
    const membership = { userId: person.id, memberCompanyId: added.companyId };
    await setMembership(operatorContext("command line"), { ...membership, role: "CompanyAdmin" });
    await eventually("the new administrator is told of", () => counts.at(-1) === 1);
    await tellSilent(added, (number += 1));
    await eventually("news of the company ring", () => counts.at(-1) === 2);
    await removeMembership(operatorContext("command line"), membership);
    await eventually("the company is no longer counted", () => counts.at(-1) === 0);
    await tellSilent(added, (number += 1));
    await tell();
    await eventually("news of the other company ring", () => counts.at(-1) === 1);
    stop();
    expect(Math.max(...counts)).toBe(2);
  });

  it("of a global administrator hears of a company that is made while the page is open", async () => {
    const person = await makeUser("GlobalAdmin");
    const context = await contextOf(person);
    await tell();
    await markNotificationsRead(context, { throughId: (await readBell(context.actor)).throughId });
    const counts: number[] = [];
    const stop = feedBell(person.id, ({ count }) => counts.push(count));
    await eventually("the first count is there", () => counts.at(-1) === 0);
    const added = await makeCompany("Bell made");
    await tellSilent(added, (number += 1));
    await eventually("news of the company ring", () => counts.at(-1) === 1);
    stop();
    expect(await readBell(context.actor)).toMatchObject({ lines: [{ company: added.name }] });
  });
});
