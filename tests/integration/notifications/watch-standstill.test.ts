import { sql } from "drizzle-orm";
import { beforeEach, expect, it } from "vitest";
import { database } from "@/db/client";
import { noteJob } from "@/db/queries/global/jobs";
import { followCompany } from "@/lib/services/detections/follow-company";
import { readStandstill, tellStandstill, WATCH_PORTAL } from "@/lib/services/watch/tell-standstill";
import { setSettings } from "../../support/aged-records";
import { followStored, settleStored, storeGuesses } from "../../support/detecting";
import { provideOwnDatabase } from "../../support/own-database";
import { makeCompany, type TestCompany } from "../../support/stored-events";
import { sentencesIn, toldIn } from "../../support/told";

provideOwnDatabase();

const MINUTE = 60_000;
const start = Date.now();
let company: TestCompany;
beforeEach(async () => {
  await setSettings({ timeZone: "UTC" });
  company = await makeCompany("Standstill");
  await storeGuesses(company, "anna");
  await followStored();
  await database().execute(sql`delete from notifications`);
  await noteJob(WATCH_PORTAL, { lastResult: null });
});

/** What the watch counts at this minute; what it keeps is there at the next look. */
async function watch(minute: number): Promise<number> {
  const { stalledRules, kept } = await tellStandstill(start + minute * MINUTE);
  await noteJob(WATCH_PORTAL, { lastResult: { kept } });
  return stalledRules;
}

const counts = async (...minutes: number[]) => {
  const counted: number[] = [];
  for (const minute of minutes) counted.push(await watch(minute));
  return counted;
};
const shown = (minute: number) => readStandstill(start + minute * MINUTE);
const isEnded = async () => (await toldIn(0)).map(({ ended_at }) => ended_at !== null);

it("rules of all companies that stand still are told once, until they go on", async () => {
  expect(await counts(0, 10, 20, 30)).toEqual([0, 0, 0, 0]);
  // Stored, while no server looks which events are settled.
  await storeGuesses(company, "ben");
  expect(await counts(40, 50, 60)).toEqual([0, 0, 0]);
  expect(await shown(65)).toBe(1_500);
  expect(await counts(70, 80)).toEqual([1, 1]);
  const [[kind, sentence]] = (await sentencesIn(0)) as [[string, string]];
  expect(kind).toBe("rules.stalled");
  expect(sentence).toMatch(/^Rules haven't checked any events since .*, although events are waiting\./);
  expect(await isEnded()).toEqual([false]);
  await followStored();
  expect(await shown(85)).toBe(0);
  expect(await counts(90)).toEqual([0]);
  expect(await isEnded()).toEqual([true]);
});

it("so are those of one company, by its name, but not while they get on with a backlog", async () => {
  await storeGuesses(company, "ben", "carla", "dora", "emil");
  await settleStored();
  for (const minute of [0, 10, 20, 30, 40]) {
    expect(await watch(minute)).toBe(0);
    expect(await followCompany(company.companyId, 3)).toBe("more");
  }
  expect(await counts(50, 60, 70, 80)).toEqual([0, 0, 0, 1]);
  expect((await toldIn(0)).map(({ subject }) => subject)).toEqual([`company:${company.companyId}`]);
  expect((await sentencesIn(0))[0]![1]).toContain(`any events of ${company.name} since`);
  // As when the company is deleted.
  await database().execute(sql`delete from detection_cursors where company_id = ${company.companyId}`);
  expect(await watch(90)).toBe(0);
  expect(await isEnded()).toEqual([true]);
});
