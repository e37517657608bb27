import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { isOfEvents, RULES } from "@/lib/domain/detections/rules";
import type { RuleName } from "@/lib/domain/detections/rule";
import { ianaZone, localDateOf, startOfLocalDay } from "@/lib/domain/zones";
import { backtestAllRules, backtestRule, type BacktestAsk } from "@/lib/services/detections/backtest-rule";
import { readRulesScreen } from "@/lib/services/detections/read-rules";
import { enterReportQueue } from "@/lib/services/reports/report-queue";
import { busyDay } from "../../support/busy-day";
import { followStoredOf } from "../../support/detecting";
import { operatorIn } from "../../support/notifying";
import { provideOwnDatabase } from "../../support/own-database";
import { contextIn } from "../../support/people";
import { makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const ZONE = ianaZone("Europe/London");
/** Of every question, so that all are about the same days, whenever midnight is. */
const NOW = Date.now();

/** Noon (UTC) of the last whole day from Monday to Friday: four weeks hold too few weekends for a habit. */
function lastWorkingNoon(now: number): number {
  const noon = Math.floor(now / DAY) * DAY - DAY / 2;
  const weekday = new Date(noon).getUTCDay();
  const daysSinceFriday = weekday === 6 ? 1 : weekday === 0 ? 2 : 0;
  return noon - daysSinceFriday * DAY;
}

const ask = (
  rule: RuleName,
  typed: Record<string, string> = {},
  more: Partial<BacktestAsk> = {},
): BacktestAsk => ({
  rule,
  days: 30,
  zone: ZONE,
  now: NOW,
  typed: (name) => typed[name] ?? null,
  reader: "user 1",
  ...more,
});

function guesses(user: string, count: number, last: number) {
  return Array.from({ length: count }, (_, number) => ({
    type: "logon_failed",
    user,
    computer: "PC-1",
    at: last - (count - 1 - number) * MINUTE,
    fields: { SourceIP: "10.0.3.7", SubStatus: "0xC000006A" },
  }));
}

/** What the engine has made of the rule in the days that a backtest looks at, the loudest first. */
async function liveOf({ companyId }: TestCompany, rule: RuleName) {
  const rows = await database().execute<{ key: string; alerts: number; count: number; last: number }>(sql`
    select subject_key as key, count(*)::int as alerts, sum(count)::int as count,
      (extract(epoch from max(last_at)) * 1000)::float8 as last
    from alerts where company_id = ${companyId} and rule = ${rule} and since_at > now() - interval '29 days' group by 1 order by 2 desc, 3 desc, 4 desc limit 10`);
  return [...rows];
}

const storedFor = ({ companyId }: TestCompany) =>
  database().execute(sql`
    select (select count(*) from alerts where company_id = ${companyId})::int as alerts,
      (select count(*) from notifications where company_id = ${companyId})::int as told,
      (select md5(string_agg(rule || subject_key || memory::text, ' ' order by rule, subject_key))
        from detection_states where company_id = ${companyId}) as memories`);

beforeAll(() => database().transaction(ensureSettings));

describe("a backtest", () => {
  it.each([5, 6, 7])(
    "finds of every rule exactly what the engine has found in the same events (seed %i)",
    async (seed) => {
      const company = await makeCompany(`Tried ${seed}`);
      const events = [3, 1.5, 0].flatMap((days) => busyDay(seed + days * 10, 300, NOW - days * DAY));
      for (let start = 0; start < events.length; start += 130) {
        await storeEvents(company, events.slice(start, start + 130));
        await followStoredOf(company, 50 + seed);
      }
      const before = await storedFor(company);
      const { days, zone, now, reader } = ask("password-guessing");
      const all = await backtestAllRules(operatorIn(company), { days, zone, now, reader });
      for (const { name } of RULES.filter(isOfEvents)) {
        const live = await liveOf(company, name);
        const found = await backtestRule(operatorIn(company), ask(name));
        expect(found.loudest.map(({ alerts, count, lastAt }) => [alerts, count, lastAt])).toEqual(
          live.map(({ alerts, count, last }) => [alerts, count, last]),
        );
        expect(found.alertsByDay).toHaveLength(30);
        expect(found.alertsByDay.reduce((sum, count) => sum + count, 0)).toBe(found.total);
        const { total, held, loudest, alertsByDay } = all.find(({ rule }) => rule === name)!;
        expect({ total, held, loudest, alertsByDay }).toEqual({
          total: found.total,
          held: found.held,
          loudest: found.loudest,
          alertsByDay: found.alertsByDay,
        });
        expect(found.past).toMatchObject({ endedBy: null, isOverfull: false });
        const { rules } = await readRulesScreen(operatorIn(company), ZONE, NOW);
        expect(rules.find((rule) => rule.name === name)!.alertsByDay).toEqual(found.alertsByDay);
      }
      expect((await backtestRule(operatorIn(company), ask("password-guessing"))).total).toBeGreaterThan(1);
      expect(await storedFor(company)).toEqual(before);
    },
    120_000,
  );

  it("finds what rests on habits as the engine has, from what happened up to 90 days before", async () => {
    const company = await makeCompany("Habits");
    const noon = lastWorkingNoon(NOW);
    const session = (user: string, computer: string, at: number, hours = 8) => [
      { type: "logon", user, computer, at },
      { type: "logoff", user, computer, at: at + hours * 60 * MINUTE },
    ];
    const usual = Array.from({ length: 60 }, (_, back) =>
      ["anna", "bert", "cora"].flatMap((user, place) =>
        session(user, `PC-${place}`, noon - (60 - back) * DAY - 3 * 60 * MINUTE + place * 7 * MINUTE),
      ),
    ).flat();
    const night = noon - 10 * 60 * MINUTE;
    const odd = [1, 2, 3].flatMap((place) => session("anna", `PC-${place}`, night + place * MINUTE, 2));
    const woken = [...session("dora", "PC-9", noon - 130 * DAY), ...session("dora", "PC-9", noon - DAY)];
    await storeEvents(
      company,
      [...usual, ...woken, ...odd].toSorted((a, b) => a.at - b.at),
    );
    await followStoredOf(company, 70);
    const compare = async () => {
      const found: string[] = [];
      for (const { name } of RULES.filter(isOfEvents)) {
        const live = await liveOf(company, name);
        const { loudest } = await backtestRule(operatorIn(company), ask(name));
        expect({ name, found: loudest.map(({ alerts, count }) => [alerts, count]) }).toEqual({
          name,
          found: live.map(({ alerts, count }) => [alerts, count]),
        });
        if (live.length > 0) found.push(name);
      }
      return found;
    };
    const found = await compare();
    // As if it had arrived when it happened: what lies long before the days is only learned from.
    await database().execute(sql`
      update events set received_at = occurred_at where company_id = ${company.companyId}`);
    expect(await compare()).toEqual(found);
    expect(found.toSorted()).toEqual([
      "dormant-account",
      "first-time-on-computer",
      "many-computers",
      "new-on-personal-computer",
      "unusual-hour",
    ]);
  }, 120_000);

  it("learns from what happened before its days, and counts what reached the threshold within them", async () => {
    const company = await makeCompany("Warmed up");
    const from = startOfLocalDay(localDateOf(NOW - 29 * DAY, ZONE), ZONE);
    await storeEvents(company, [
      ...guesses("before", 6, from),
      ...guesses("across", 6, from + 4 * MINUTE),
      ...guesses("after", 6, from + 60 * MINUTE),
      ...guesses("old", 6, from - 20 * DAY),
    ]);
    const { loudest, alertsByDay } = await backtestRule(operatorIn(company), ask("password-guessing"));
    expect(loudest.map(({ subject, count }) => [subject, count])).toEqual([
      ["after", 6],
      ["across", 6],
    ]);
    expect(alertsByDay[0]).toBe(2);
    const { total } = await backtestRule(operatorIn(company), ask("password-guessing", {}, { days: 90 }));
    expect(total).toBe(4);
  });

  it("takes values that are not saved, whether the rule is on or off, and is remembered with them", async () => {
    const company = await makeCompany("Edited");
    await storeEvents(company, [...guesses("anna", 4, NOW), ...guesses("bert", 3, NOW)]);
    const context = operatorIn(company);
    const noteOf = async () => {
      const { rules } = await readRulesScreen(context, ZONE, NOW);
      return rules.find(({ name }) => name === "password-guessing")!.backtest;
    };
    expect(await noteOf()).toBeNull();
    const found = await backtestRule(context, ask("password-guessing", { threshold: "4" }));
    expect(found.loudest.map(({ subject, facts }) => [subject, facts.threshold, facts.computers])).toEqual([
      ["anna", 4, ["PC-1"]],
    ]);
    expect(await noteOf()).toBeNull();
    await backtestRule(context, ask("password-guessing"));
    expect(await noteOf()).toMatchObject({ days: 30, alerts: 0, isWhole: true });
    await expect(backtestRule(context, ask("password-guessing", { threshold: "1" }))).rejects.toMatchObject({
      code: "invalid",
      message: "Enter a whole number from 2 to 100.",
      fields: [{ field: "threshold" }],
    });
  });

  it("says what it left out", async () => {
    const company = await makeCompany("Bounded");
    await storeEvents(company, busyDay(11, 2_500));
    const bounds = { events: 1_000, alerts: 20_000, milliseconds: 300_000 };
    const found = await backtestRule(operatorIn(company), ask("password-guessing"), bounds);
    expect(found.past.endedBy).toBe("events");
    expect(found.past.throughAt).toEqual(expect.any(Number));
    const few = { ...bounds, events: 1_000_000, alerts: 1 };
    expect((await backtestRule(operatorIn(company), ask("password-guessing"), few)).past.endedBy).toBe(
      "alerts",
    );
  });

  it("is for administrators, of their own companies' events alone", async () => {
    const [company, other] = [await makeCompany("Guarded"), await makeCompany("Neighbour")];
    await storeEvents(other, guesses("anna", 9, NOW));
    const member = await contextIn(company, "User");
    await expect(backtestRule(member, ask("password-guessing"))).rejects.toMatchObject({ code: "forbidden" });
    expect((await backtestRule(operatorIn(company), ask("password-guessing"))).total).toBe(0);
  });

  it("waits for its turn among reports, is refused in words when there are too many, and ends with its reader", async () => {
    const company = await makeCompany("Queued");
    await storeEvents(company, busyDay(12, 300));
    const reader = "user 77";
    const places = [1, 2].map(() => enterReportQueue({ reader, scope: company.scope }));
    const held = await Promise.all(places);
    const leaving = new AbortController();
    const waiting = Array.from({ length: 8 }, () =>
      backtestRule(operatorIn(company), ask("password-guessing", {}, { reader, signal: leaving.signal })),
    );
    const ended = Promise.allSettled(waiting);
    await expect(
      backtestRule(operatorIn(company), ask("password-guessing", {}, { reader })),
    ).rejects.toMatchObject({
      code: "limited",
    });
    leaving.abort();
    expect((await ended).map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => "rejected"));
    for (const place of held) place.leave();
    const [late, running] = [new AbortController(), ask("password-guessing", {}, { reader })];
    const broken = backtestRule(operatorIn(company), { ...running, signal: late.signal });
    setImmediate(() => late.abort());
    await expect(broken).rejects.toMatchObject({ name: "AbortError" });
    expect((await backtestRule(operatorIn(company), running)).total).toBeGreaterThan(0);
  });
});
