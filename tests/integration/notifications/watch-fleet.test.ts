import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { noteJob } from "@/db/queries/global/jobs";
import { deleteSite } from "@/lib/services/sites/change-site";
import { watchFleet } from "@/lib/services/watch/watch-fleet-job";
import { setSettings } from "../../support/aged-records";
import { deliveriesOf, eventually, makeChannel, operatorIn, provideNotifying } from "../../support/notifying";
import { provideOwnDatabase } from "../../support/own-database";
import { openReceiver } from "../../support/receiver";
import { makeCompany, type TestCompany } from "../../support/stored-events";
import { toldIn } from "../../support/told";

provideOwnDatabase();
provideNotifying();

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
let company: TestCompany;
let now: number;

beforeEach(async () => {
  await setSettings({ timeZone: "UTC" });
  company = await makeCompany("Fleet");
  now = Date.now();
  // As if it had looked a minute ago, and for days.
  await keep({ lookedAt: now - MINUTE, firstAt: now - 9 * DAY, watchingSince: now - 9 * DAY });
});

const keep = (kept: object) => noteJob("watch-fleet", { lastResult: { kept } });
const kinds = async () => (await toldIn(company.companyId)).map(({ kind }) => kind);

async function addComputer(
  name: string,
  minutesAgo: number,
  more: Record<string, number> = {},
): Promise<void> {
  const seen = new Date(now - minutesAgo * MINUTE).toISOString();
  await database().execute(sql`
    insert into computers (company_id, site_id, name, name_key, first_seen_at, last_seen_at, dropped_failures, clock_skew_ms)
    values (${company.companyId}, ${company.siteIds[0]!}, ${name}, lower(${name}), ${seen}, ${seen},
      ${more.lost ?? null}, ${more.skew ?? null})
    on conflict (company_id, name_key) do update set last_seen_at = excluded.last_seen_at,
      dropped_failures = excluded.dropped_failures, clock_skew_ms = excluded.clock_skew_ms`);
}

describe("a silent computer", () => {
  it("is told once beyond the company's threshold, and once that it is back", async () => {
    await addComputer("PC-QUIET", 25 * 60);
    await addComputer("PC-LOUD", 5);
    await watchFleet(now);
    await watchFleet(now + MINUTE);
    expect(await kinds()).toEqual(["computer.silent"]);
    expect((await toldIn(company.companyId))[0]).toMatchObject({
      site_id: company.siteIds[0],
      params: { computer: { name: "PC-QUIET" }, site: { name: "HO" } },
    });
    await addComputer("PC-QUIET", 0);
    await watchFleet(now + 2 * MINUTE);
    await watchFleet(now + 3 * MINUTE);
    expect(await kinds()).toEqual(["computer.silent", "computer.back"]);
    expect((await toldIn(company.companyId))[0]!.ended_at).not.toBeNull();
  });

  it("that was silent before anybody looked is no news", async () => {
    await addComputer("PC-OLD", 60 * 24 * 60);
    await watchFleet(now);
    expect(await kinds()).toEqual([]);
  });

  it("ends without a word when the threshold is raised or the computer is deleted", async () => {
    await addComputer("PC-A", 25 * 60);
    await watchFleet(now);
    await database().execute(
      sql`update app_auth_companies set silent_after_minutes = 2880 where id = ${company.companyId}`,
    );
    await watchFleet(now);
    expect(await kinds()).toEqual(["computer.silent"]);
    expect((await toldIn(company.companyId))[0]!.ended_at).not.toBeNull();
  });

  it("is not told while agents have had no chance to report: after the servers were away", async () => {
    await addComputer("PC-WAIT", 25 * 60);
    const kept = { lookedAt: now - 60 * MINUTE, firstAt: now - 9 * DAY, watchingSince: now - 9 * DAY };
    await keep(kept);
    const result = (await watchFleet(now)) as { kept: object };
    expect(await kinds()).toEqual([]);
    await keep({ ...result.kept, lookedAt: now + 15 * MINUTE });
    await watchFleet(now + 16 * MINUTE);
    expect(await kinds()).toEqual(["computer.silent"]);
  });

  it.each([
    ["that had looked for days", 9 * DAY],
    ["that has never looked before", null],
  ])("is told within a quarter of an hour after a clock was ahead, by a watch %s", async (_, looks) => {
    const looksFrom = looks === null ? null : now - looks;
    await keep(
      looksFrom === null ? {} : { lookedAt: now - MINUTE, firstAt: looksFrom, watchingSince: looksFrom },
    );
    const look = async (at: number) => keep(((await watchFleet(at)) as { kept: object }).kept);
    await look(now + 30 * DAY);
    for (let minutes = 1; minutes < 16; minutes += 1) await look(now + minutes * MINUTE);
    expect(await kinds()).toEqual([]);
    // Silent for the company's 24 hours since the second minute.
    await addComputer("PC-FALLS", 24 * 60 - 2);
    await look(now + 16 * MINUTE);
    expect(await kinds()).toEqual(["computer.silent"]);
  });

  it("among thousands at once makes one message per channel, with a count and the first names", async () => {
    const receiver = await openReceiver();
    const channel = await makeChannel(company, {
      type: "webhook",
      url: receiver.url,
      intervalSeconds: 3_600,
    });
    await database().execute(sql`
      insert into computers (company_id, site_id, name, name_key, first_seen_at, last_seen_at)
      select ${company.companyId}, ${company.siteIds[0]!}, 'PC-' || lpad(n::text, 5, '0'), 'pc-' || n,
        now(), now() - interval '25 hours' from generate_series(1, 2500) as n`);
    await watchFleet(now);
    expect(await toldIn(company.companyId)).toHaveLength(2_500);
    await eventually("the message is delivered", () => receiver.received.length > 0);
    await eventually("all are routed", async () => {
      const [row] = await database().execute<{ left: number }>(
        sql`select count(*)::int as left from notifications where company_id = ${company.companyId} and not is_routed`,
      );
      return row!.left === 0;
    });
    expect((await deliveriesOf(channel.id)).length).toBeLessThanOrEqual(2);
    expect(receiver.received[0]!.body).toContain("computers are silent: PC-00001, ");
    await receiver.close();
  });
});

describe("a silent site", () => {
  it("is told once when none of its agents reports, and once that it is back; one that never reported is not", async () => {
    const heard = (at: string) =>
      database().execute(sql`
        update app_auth_api_keys set last_agent_at = ${sql.raw(at)} where company_id = ${company.companyId}`);
    await watchFleet(now);
    expect(await kinds()).toEqual([]);
    await heard("now() - interval '25 hours'");
    await watchFleet(now);
    await watchFleet(now + MINUTE);
    expect(await kinds()).toEqual(["site.silent"]);
    await heard("now()");
    await watchFleet(now + 2 * MINUTE);
    await watchFleet(now + 3 * MINUTE);
    expect(await kinds()).toEqual(["site.silent", "site.back"]);
  });
});

describe("what is told of something that is deleted", () => {
  const openKinds = async () =>
    (await toldIn(company.companyId)).filter(({ ended_at }) => ended_at === null).map(({ kind }) => kind);

  it("ends without a word: a silent site", async () => {
    await database().execute(sql`
      update app_auth_api_keys set last_agent_at = now() - interval '25 hours' where company_id = ${company.companyId}`);
    await watchFleet(now);
    expect(await openKinds()).toEqual(["site.silent"]);
    const siteId = company.siteIds[0]!;
    await deleteSite(operatorIn(company), { siteId, confirmedName: "HO" });
    await watchFleet(now + MINUTE);
    expect(await openKinds()).toEqual([]);
    expect(await kinds()).toEqual(["site.silent"]);
  });

  it("ends without a word: a computer, its agent's clock and lost events", async () => {
    await addComputer("PC-BOTH", 1, { lost: 40, skew: -20 * MINUTE });
    await addComputer("PC-STAYS", 1, { skew: -20 * MINUTE });
    await watchFleet(now);
    const told = ["agent.lost-events", "agent.clock-wrong", "agent.clock-wrong"];
    expect(await openKinds()).toEqual(told);
    await database().execute(
      sql`delete from computers where company_id = ${company.companyId} and name = 'PC-BOTH'`,
    );
    await watchFleet(now + MINUTE);
    expect(await openKinds()).toEqual(["agent.clock-wrong"]);
    expect(await kinds()).toEqual(told);
  });
});

describe("an agent", () => {
  it("that lost events is told once, then no more than daily, with what was lost since", async () => {
    await addComputer("PC-FULL", 1, { lost: 40 });
    await watchFleet(now);
    await addComputer("PC-FULL", 1, { lost: 60 });
    await watchFleet(now + MINUTE);
    expect((await toldIn(company.companyId)).map(({ params }) => params.lost)).toEqual([40]);
    await database().execute(sql`
      update notifications set created_at = created_at - interval '1 day' where company_id = ${company.companyId}`);
    await watchFleet(now + 2 * MINUTE);
    await watchFleet(now + 3 * MINUTE);
    expect((await toldIn(company.companyId)).map(({ params }) => params.lost)).toEqual([40, 20]);
  });

  it("that loses no more is done with after a day, and what it loses later counts from there", async () => {
    await addComputer("PC-CALM", 1, { lost: 40 });
    await watchFleet(now);
    await database().execute(sql`
      update notifications set created_at = created_at - interval '1 day' where company_id = ${company.companyId}`);
    await watchFleet(now + MINUTE);
    const [told, ...others] = await toldIn(company.companyId);
    expect(told!.ended_at).not.toBeNull();
    expect(others).toEqual([]);
    // As retention does with what has ended.
    await database().execute(sql`delete from notifications where company_id = ${company.companyId}`);
    await watchFleet(now + 2 * MINUTE);
    expect(await kinds()).toEqual([]);
    await addComputer("PC-CALM", 1, { lost: 50 });
    await watchFleet(now + 3 * MINUTE);
    expect((await toldIn(company.companyId)).map(({ params }) => params.lost)).toEqual([10]);
  });

  it("whose lost events an earlier version has told is not told again", async () => {
    await addComputer("PC-UPGRADED", 1, { lost: 40 });
    await watchFleet(now);
    await database().execute(
      sql`update computers set told_lost = null where company_id = ${company.companyId}`,
    );
    await watchFleet(now + MINUTE);
    expect(await kinds()).toEqual(["agent.lost-events"]);
    await database().execute(sql`
      update notifications set created_at = created_at - interval '1 day' where company_id = ${company.companyId}`);
    await watchFleet(now + 2 * MINUTE);
    await watchFleet(now + 3 * MINUTE);
    expect(await kinds()).toEqual(["agent.lost-events"]);
    expect((await toldIn(company.companyId))[0]!.ended_at).not.toBeNull();
  });

  it("whose clock jumped is told once until it is right again", async () => {
    await addComputer("PC-CLOCK", 1, { skew: -20 * MINUTE });
    await watchFleet(now);
    await watchFleet(now + MINUTE);
    expect((await toldIn(company.companyId))[0]).toMatchObject({ kind: "agent.clock-wrong", ended_at: null });
    await addComputer("PC-CLOCK", 1, { skew: 0 });
    await watchFleet(now + 2 * MINUTE);
    expect((await toldIn(company.companyId))[0]!.ended_at).not.toBeNull();
    expect(await kinds()).toEqual(["agent.clock-wrong"]);
  });
});
