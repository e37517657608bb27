import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { readAlert } from "@/lib/services/detections/read-alert";
import { readAlertsScreen } from "@/lib/services/detections/read-alerts-screen";
import { watchAgents, watchAgentsOf } from "@/lib/services/detections/watch-agents-job";
import { operatorIn } from "../../support/notifying";
import { provideOwnDatabase } from "../../support/own-database";
import { makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";
import { toldIn } from "../../support/told";

provideOwnDatabase();

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let company: TestCompany;
let other: TestCompany;
let now: number;

const event = (type: string, computer: string, at: number) => ({ type, user: "anna", computer, at });

async function heard(computer: string, { of = company, seen = now, skew = 0, lost = 0 } = {}): Promise<void> {
  await database().execute(sql`
    update computers set last_seen_at = ${new Date(seen).toISOString()}, last_health_at = last_seen_at,
      clock_skew_ms = ${skew}, dropped_sessions = ${lost}, site_id = ${of.siteIds[0]}
    where company_id = ${of.companyId} and name = ${computer}`);
}

const alertsOf = async (of: TestCompany = company) =>
  (await readAlertsScreen(operatorIn(of), {}, null, "")).alerts.map(({ rule, computers, count }) => [
    rule,
    computers.join(),
    count,
  ]);

beforeAll(async () => {
  await database().transaction(ensureSettings);
  [company, other] = await Promise.all([makeCompany("Watched"), makeCompany("Unwatched")]);
  now = Date.now();
  const names = ["PC-1", "PC-2", "PC-3", "PC-OFF", "PC-ASLEEP", "PC-BACK"];
  for (const of of [company, other]) {
    await storeEvents(
      of,
      names.map((name) => event("logon", name, now - 4 * HOUR)),
    );
    await storeEvents(of, [
      event("shutdown", "PC-OFF", now - 3 * HOUR),
      event("sleep", "PC-ASLEEP", now - 3 * HOUR),
      event("sleep", "PC-BACK", now - 3.5 * HOUR),
      event("wake", "PC-BACK", now - 3.2 * HOUR),
    ]);
    for (const name of names) await heard(name, { of, seen: now - 3 * HOUR });
  }
  for (const name of ["PC-2", "PC-3"]) await heard(name);
});

it("finds who is silent while others report, with no shutdown or sleep seen, once and for its own company", async () => {
  expect(await watchAgents(new AbortController().signal, now)).toMatchObject({ alerts: 2 });
  expect(await alertsOf()).toEqual([
    ["agent-silenced", "PC-BACK", 2],
    ["agent-silenced", "PC-1", 2],
  ]);
  expect(await alertsOf(other)).toEqual([]);
  expect(await watchAgentsOf(company.companyId, now + MINUTE)).toBe(0);
  const { id } = (await readAlertsScreen(operatorIn(company), {}, null, "")).alerts[0]!;
  const { alert, events } = await readAlert(operatorIn(company), id);
  expect(alert).toMatchObject({ computer: "PC-BACK", site: "HO", threshold: 2, firstAt: now - 3 * HOUR });
  expect(alert.eventIds).toHaveLength(3);
  // What proves it is from before the silence.
  expect(new Set(events.map((each) => each.id))).toEqual(new Set(alert.eventIds));
  expect((await toldIn(company.companyId)).map(({ kind }) => kind)).toEqual(["alert.medium", "alert.medium"]);
});

it("looks at one time after another where two servers look at once", async () => {
  await heard("PC-2", { seen: now + MINUTE, lost: 3 });
  const looks = await Promise.all([1, 2, 3].map(() => watchAgentsOf(company.companyId, now + 2 * MINUTE)));
  expect(looks.toSorted()).toEqual([0, 0, 1]);
});

it("finds lost events, which grow, and moved clocks; the computer watch tells of them", async () => {
  await heard("PC-2", { seen: now + 3 * MINUTE, lost: 10 });
  await heard("PC-3", { seen: now + 3 * MINUTE, skew: -6 * MINUTE });
  await watchAgentsOf(company.companyId, now + 3 * MINUTE);
  expect((await alertsOf()).slice(0, 2)).toEqual([
    ["clock-moved", "PC-3", 1],
    ["events-lost", "PC-2", 10],
  ]);
  expect((await toldIn(company.companyId)).map(({ kind }) => kind)).toEqual(["alert.medium", "alert.medium"]);
});

it("finds a silence that a clock ahead hides, and none where events came with the right time since", async () => {
  const hidden = await makeCompany("Ahead");
  const ahead = now + 20 * HOUR;
  const names = ["PC-1", "PC-2", "PC-HIDDEN", "PC-RIGHT"];
  await storeEvents(
    hidden,
    names.map((name) => event("logon", name, now - HOUR)),
  );
  const locks = ["PC-HIDDEN", "PC-RIGHT"].map((name) => ({
    ...event("lock", name, ahead),
    ahead: 20 * HOUR,
  }));
  await storeEvents(hidden, [...locks, event("unlock", "PC-RIGHT", now + 130 * MINUTE)]);
  await database().execute(sql`
    update computers set last_seen_at = ${new Date(ahead).toISOString()}, last_health_at = ${new Date(now).toISOString()},
      site_id = ${hidden.siteIds[0]} where company_id = ${hidden.companyId} and name in ('PC-HIDDEN', 'PC-RIGHT')`);
  const looks = [];
  // The second look comes after a gap, and silence counts again 15 minutes later.
  for (const minutes of [0, 120, 128, 136, 137]) {
    for (const name of ["PC-1", "PC-2"]) await heard(name, { of: hidden, seen: now + minutes * MINUTE });
    looks.push(await watchAgentsOf(hidden.companyId, now + minutes * MINUTE));
  }
  expect(looks).toEqual([0, 0, 0, 1, 0]);
  expect(await alertsOf(hidden)).toEqual([["agent-silenced", "PC-HIDDEN", 2]]);
});

it("finds the silence of a computer without health checks after the longest time that a company may set", async () => {
  const patient = await makeCompany("Patient");
  const year = 525_600 * MINUTE;
  await storeEvents(
    patient,
    ["PC-1", "PC-2", "PC-OLD"].map((name) => event("logon", name, now)),
  );
  await database().execute(sql`
    update app_auth_companies set silent_after_minutes = 525600 where id = ${patient.companyId}`);
  await database().execute(sql`
    update computers set last_health_at = null, site_id = ${patient.siteIds[0]} where company_id = ${patient.companyId}`);
  const looks = [];
  for (const [name, at] of [
    ["a minute too soon", now + year - MINUTE],
    ["due", now + year],
    ["told", now + year + MINUTE],
  ] as const) {
    for (const other of ["PC-1", "PC-2"]) await heard(other, { of: patient, seen: at });
    const before = (await alertsOf(patient)).length;
    await watchAgents(new AbortController().signal, at);
    looks.push([name, (await alertsOf(patient)).length - before]);
  }
  expect(looks).toEqual([
    ["a minute too soon", 0],
    ["due", 1],
    ["told", 0],
  ]);
});

it("tells of a wrong clock once although the computer is away for weeks, and forgets computers that are deleted", async () => {
  const traveling = await makeCompany("Traveling");
  const days = (count: number) => now + count * 24 * HOUR;
  const remembered = async () => {
    const [row] = await database().execute<{ clocks: object; lost: object }>(sql`
      select memory -> 'clocks' as clocks, memory -> 'lost' as lost from detection_states
      where company_id = ${traveling.companyId} and rule = 'watch-agents'`);
    return [row!.clocks, row!.lost].map((facts) => Object.keys(facts).length);
  };
  const looks: number[] = [];
  await storeEvents(
    traveling,
    ["PC-1", "PC-AWAY"].map((name) => event("logon", name, now)),
  );
  for (const day of [0, 20, 40]) {
    await heard("PC-1", { of: traveling, seen: days(day) });
    if (day !== 20) await heard("PC-AWAY", { of: traveling, seen: days(day), skew: 6 * MINUTE, lost: 2 });
    looks.push(await watchAgentsOf(traveling.companyId, days(day)));
  }
  expect(looks).toEqual([2, 0, 0]);
  expect(await alertsOf(traveling)).toEqual([
    ["events-lost", "PC-AWAY", 2],
    ["clock-moved", "PC-AWAY", 1],
  ]);
  expect(await remembered()).toEqual([1, 1]);
  const away = sql`company_id = ${traveling.companyId} and name = 'PC-AWAY'`;
  // As retention deletes it.
  await database().execute(sql`
    delete from events where company_id = ${traveling.companyId}
      and computer_id = (select id from computers where ${away})`);
  await database().execute(sql`delete from computers where ${away}`);
  await watchAgentsOf(traveling.companyId, days(41));
  expect(await remembered()).toEqual([0, 0]);
});
