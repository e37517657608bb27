import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { noteJob } from "@/db/queries/global/jobs";
import { watchLogons } from "@/lib/services/watch/watch-logons-job";
import { followStored } from "../../support/detecting";
import { provideOwnDatabase } from "../../support/own-database";
import { makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";
import { sentencesIn, toldIn } from "../../support/told";

provideOwnDatabase();

const MINUTE = 60_000;
let company: TestCompany;
beforeEach(async () => {
  company = await makeCompany("Watched logons", 2);
});

const look = async () => {
  await followStored();
  await watchLogons(new AbortController().signal);
};
const kinds = async () => (await toldIn(company.companyId)).map(({ kind }) => kind);

/** Failed logons of one account, a minute apart, the last one `endsAgo` minutes ago. */
function failures(user: string, count: number, endsAgo: number, more: object = {}) {
  return Array.from({ length: count }, (_, number) => ({
    type: "logon_failed",
    user,
    computer: "PC-1",
    at: Date.now() - (endsAgo + count - 1 - number) * MINUTE,
    ...more,
  }));
}

describe("a burst of failed logons", () => {
  it("is told once while it goes on, with its account and site, and again when it is a new one", async () => {
    await storeEvents(company, failures("anna", 6, 1));
    await look();
    await look();
    await storeEvents(company, failures("anna", 2, 0));
    await look();
    const [told, ...others] = await toldIn(company.companyId);
    expect(others).toEqual([]);
    expect(told).toMatchObject({
      kind: "logon.burst",
      subject: expect.stringMatching(/^account:/),
      ended_at: null,
    });
    expect(told!.site_id).toBe(company.siteIds[0]);
    expect((await sentencesIn(company.companyId))[0]![1]).toMatch(/^6 logons of account anna failed since /);
  });

  it("is told anew when it begins anew, although failures that the rule ignores kept its state open", async () => {
    await storeEvents(company, failures("olga", 5, 120));
    await look();
    await database().execute(sql`
      update notifications set ended_at = null where company_id = ${company.companyId} and kind = 'logon.burst'`);
    await storeEvents(company, failures("olga", 5, 0));
    await look();
    const told = await toldIn(company.companyId);
    expect(told.map(({ kind, ended_at }) => [kind, ended_at === null])).toEqual([
      ["logon.burst", false],
      ["logon.burst", true],
    ]);
  });

  it("ends ten minutes after its last failure, and is not told again for what is looked at twice", async () => {
    await storeEvents(company, failures("bert", 5, 30));
    await look();
    await look();
    const told = await toldIn(company.companyId);
    expect(told).toHaveLength(1);
    expect(told[0]!.ended_at).not.toBeNull();
  });

  it("from one address on many accounts is told as that", async () => {
    const sprayed = ["a", "b", "c", "d", "e"].map((user) => ({
      type: "logon_failed",
      user,
      computer: "PC-1",
      at: Date.now() - MINUTE,
      fields: { SourceIP: "203.0.113.9" },
    }));
    await storeEvents(company, sprayed);
    await look();
    expect((await sentencesIn(company.companyId))[0]![1]).toMatch(
      /^5 logons of 5 accounts failed from 203\.0\.113\.9/,
    );
    const entered = {
      type: "logon",
      user: "c",
      computer: "PC-2",
      at: Date.now(),
      fields: { SourceIP: "203.0.113.9" },
    };
    await storeEvents(company, [entered]);
    await look();
    await look();
    expect(await kinds()).toEqual(["logon.burst", "logon.burst-success"]);
  });

  it("of yesterday, which an import brings, is no news, nor are four failures", async () => {
    await storeEvents(company, failures("cora", 6, 26 * 60));
    await storeEvents(company, failures("dora", 4, 1));
    await look();
    expect(await kinds()).toEqual([]);
  });

  it("is followed by its first success, told once and as critical", async () => {
    await storeEvents(company, failures("emil", 5, 2));
    await look();
    await storeEvents(company, [
      { type: "logon", user: "emil", computer: "PC-9", at: Date.now() - MINUTE },
      { type: "unlock", user: "emil", computer: "PC-9", at: Date.now() },
    ]);
    await look();
    await look();
    expect(await kinds()).toEqual(["logon.burst", "logon.burst-success"]);
    const [, success] = await toldIn(company.companyId);
    expect(success).toMatchObject({
      severity: "critical",
      params: { computer: { name: "PC-9" }, failures: 5 },
    });
  });

  it("that goes on is followed by an alert a day, which further successes join without a word", async () => {
    const hours = (count: number) => Date.now() - count * 60 * MINUTE;
    const guesses = Array.from({ length: 26 * 30 }, (_, place) => place * 2);
    await storeEvents(
      company,
      guesses.map((minute) => ({
        type: "logon_failed",
        user: "gina",
        computer: "PC-1",
        at: hours(26) + minute * MINUTE,
      })),
    );
    const logon = (at: number, computer: string) =>
      storeEvents(company, [{ type: "logon", user: "gina", computer, at }]);
    const stored = async () => {
      await look();
      return database().execute(sql`
        select count, array_length(event_ids, 1) as events, array_length(computer_ids, 1) as computers, compared
        from alerts where company_id = ${company.companyId} and rule = 'password-guessed' order by id`);
    };
    await logon(hours(25), "PC-1");
    expect(await stored()).toMatchObject([{ events: 100, computers: 1, compared: { logons: 1 } }]);
    await logon(hours(2), "PC-2");
    const [first, ...none] = await stored();
    expect(none).toEqual([]);
    expect(first).toMatchObject({ count: 782, events: 100, computers: 2, compared: { logons: 2 } });
    // Neither the run nor its first success is news.
    expect(await kinds()).toEqual([]);
    await logon(Date.now(), "PC-3");
    expect(await stored()).toMatchObject([first, { count: 781, compared: { logons: 1 } }]);
    expect(await kinds()).toEqual(["logon.burst-success"]);
    await logon(Date.now(), "PC-4");
    expect(await stored()).toMatchObject([first, { count: 782, computers: 2, compared: { logons: 2 } }]);
    expect(await kinds()).toEqual(["logon.burst-success"]);
    const [success] = await toldIn(company.companyId);
    expect(success!.params).toMatchObject({ computer: { name: "PC-3" }, failures: 780 });
  });

  it("stays in its company", async () => {
    const other = await makeCompany("Other watched");
    await storeEvents(company, failures("franz", 3, 1));
    await storeEvents(other, failures("franz", 3, 1));
    await look();
    expect([...(await toldIn(company.companyId)), ...(await toldIn(other.companyId))]).toEqual([]);
  });
});

describe("a lockout", () => {
  it("is told once, with account, computer and site, late ones too", async () => {
    const lockout = { type: "lockout", user: "gina", computer: "DC-1", site: 1 };
    await storeEvents(company, [{ ...lockout, at: Date.now() - 3 * 60 * MINUTE }]);
    await look();
    await look();
    const [told, ...others] = await toldIn(company.companyId);
    expect(others).toEqual([]);
    expect(told).toMatchObject({ kind: "account.locked-out", site_id: company.siteIds[1] });
    expect((await sentencesIn(company.companyId))[0]![1]).toMatch(
      /^Account gina was locked out on computer DC-1 at 20.*Z\.$/,
    );
  });

  it("is told after a look by a clock that was ahead", async () => {
    await noteJob("watch-logons", {
      lastResult: { kept: { lookedUntil: Date.now() + 30 * 24 * 60 * MINUTE } },
    });
    await storeEvents(company, [{ type: "lockout", user: "hugo", computer: "DC-1", at: Date.now() }]);
    await look();
    expect(await kinds()).toEqual(["account.locked-out"]);
    await database().execute(sql`delete from jobs where name = 'watch-logons'`);
  });
});
