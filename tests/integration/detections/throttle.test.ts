import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { database } from "@/db/client";
import { listEventsToAsk } from "@/db/queries/detections/follow-events";
import { ensureSettings } from "@/db/queries/global/first-start";
import { readWithin } from "@/db/scope";
import { ASKED_KINDS, askRules } from "@/lib/domain/detections/engine";
import { settingsOf } from "@/lib/domain/detections/rules";
import { ianaZone } from "@/lib/domain/zones";
import { backtestRule } from "@/lib/services/detections/backtest-rule";
import { readAlertsScreen } from "@/lib/services/detections/read-alerts-screen";
import { readRulesScreen } from "@/lib/services/detections/read-rules";
import { seenEvent } from "@/lib/services/detections/seen-event";
import { series } from "../../support/series";
import { followBrokenOff, followStoredOf } from "../../support/detecting";
import { operatorIn } from "../../support/notifying";
import { provideOwnDatabase } from "../../support/own-database";
import { CONTEXT } from "../../support/seen-events";
import { makeCompany, storeEvents, type SentEvent, type TestCompany } from "../../support/stored-events";
import { toldIn } from "../../support/told";

provideOwnDatabase();

const MINUTE = 60_000;
const ZONE = ianaZone("UTC");

beforeAll(() => database().transaction(ensureSettings));

/** Refusals of more accounts than a rule may tell of, some late, some again and again, over two days. */
function crowd(seed: number, count: number): SentEvent[] {
  const random = series(seed);
  return Array.from({ length: count }, (_, place) => ({
    type: "logon_failed",
    user: `user${Math.floor(random() * 130)}`,
    computer: `PC-${Math.floor(random() * 4)}`,
    at: Math.round(Date.now() - (count - place) * 2 * MINUTE - (random() < 0.3 ? random() * 90 * MINUTE : 0)),
    fields: { SourceIP: `10.0.${Math.floor(random() * 200)}.1`, SubStatus: "0xC0000072" },
  }));
}

async function opened({ companyId }: TestCompany) {
  const rows = await database().execute<{ subject: string; key: number; count: number }>(sql`
    select subject_key as subject, key_event_id::float8 as key, count from alerts
    where company_id = ${companyId} and rule = 'unusable-account' order by 2`);
  return [...rows];
}

/** What one pass over everything opens and keeps back. */
async function atOnce({ scope }: TestCompany) {
  const all = { throughId: 0, targetId: Number.MAX_SAFE_INTEGER };
  const rows = await readWithin(scope, (tx) => listEventsToAsk(tx, scope, all, ASKED_KINDS, 1_000_000));
  const asked = { settings: settingsOf([]), exceptions: [], context: CONTEXT };
  const { alerts, heldBack } = askRules(rows.map(seenEvent), new Map(), asked);
  const own = [...alerts.values()].filter(({ rule }) => rule === "unusable-account");
  const found = own.map(({ subjectKey, key, count }) => ({ subject: subjectKey, key, count }));
  return { found: found.toSorted((a, b) => a.key - b.key), heldBack };
}

it.each([
  [21, 3],
  [22, 17],
  [23, 500],
])(
  "a rule that makes too many alerts stops at the same one in batches of any size, with kills (seed %i)",
  async (seed, batch) => {
    const company = await makeCompany(`Crowded ${seed}`);
    expect(await followBrokenOff(company, crowd(seed, 420), seed, batch)).toBeGreaterThan(0);
    const { found, heldBack } = await atOnce(company);
    expect(heldBack.size).toBeGreaterThan(0);
    expect(await opened(company)).toEqual(found);
    const days = await database().execute<{ key: string; held: number }>(sql`
      select subject_key as key, (memory ->> 'held')::int as held from detection_states
      where company_id = ${company.companyId} and rule = 'throttle' and (memory ->> 'held')::int > 0`);
    expect(new Map(days.map(({ key, held }) => [key, held]))).toEqual(heldBack);
    const told = (await toldIn(company.companyId)).filter(({ kind }) => kind === "rule.throttled");
    expect(told).toHaveLength(heldBack.size);
    const tried = await backtestRule(operatorIn(company), {
      rule: "unusable-account",
      days: 30,
      zone: ZONE,
      now: Date.now(),
      typed: () => null,
      reader: "user 1",
    });
    expect(tried.total).toBe(found.length);
    expect(tried.held).toBe([...heldBack.values()].reduce((sum, count) => sum + count, 0));
  },
  120_000,
);

/** A zone where it is noon to one o'clock, so that its day ends in no moment of the test. */
function noonZone(now: number): string {
  const ahead = 12 - new Date(now).getUTCHours();
  // These names count the other way around.
  return ahead === 0 ? "Etc/GMT" : `Etc/GMT${ahead > 0 ? "-" : "+"}${Math.abs(ahead)}`;
}

it("alerts and rules say so for the rest of the company's day", async () => {
  const company = await makeCompany("Full day");
  const context = operatorIn(company);
  const at = Date.now();
  const zone = ianaZone(noonZone(at));
  await database().execute(
    sql`update app_auth_companies set time_zone = ${zone} where id = ${company.companyId}`,
  );
  const many = Array.from({ length: 53 }, (_, number) => ({
    type: "logon_failed",
    user: `user${number}`,
    computer: "PC-1",
    at,
    fields: { SubStatus: "0xC0000072" },
  }));
  await storeEvents(company, many);
  await followStoredOf(company);
  expect((await readAlertsScreen(context, {}, null, "")).heldBack).toEqual([
    { rule: "unusable-account", held: 3 },
  ]);
  const { rules } = await readRulesScreen(context, zone, Date.now());
  expect(rules.flatMap(({ name, held }) => (held > 0 ? [[name, held]] : []))).toEqual([
    ["unusable-account", 3],
  ]);
  const tomorrow = await readRulesScreen(context, zone, Date.now() + 24 * 60 * MINUTE);
  expect(tomorrow.rules.every(({ held }) => held === 0)).toBe(true);
});
