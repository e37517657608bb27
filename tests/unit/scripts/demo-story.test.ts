import { expect, it } from "vitest";
import type { AlertDraft } from "@/lib/domain/detections/alert-draft";
import { askRules } from "@/lib/domain/detections/engine";
import type { Asked } from "@/lib/domain/detections/memories";
import type { RuleName } from "@/lib/domain/detections/rule";
import { isOfEvents, RULES, settingsOf } from "@/lib/domain/detections/rules";
import { addLocalDays, dayOfLocalDate, ianaZone, startOfLocalDay, type LocalDate } from "@/lib/domain/zones";
import { datesBack, siteDay } from "@/scripts/demo/day";
import { demoFleet } from "@/scripts/demo/fleet";
import { STORY_MS, storyDate, storyOf } from "@/scripts/demo/story";
import { numbering, seenOfDemo } from "../../support/demo-seen";
import { CONTEXT } from "../../support/seen-events";

const company = demoFleet(1)[0]!;
const site = company.sites[0]!;
const zone = ianaZone(company.timeZone);

/** It needs a site that is left alone, which the demo does not have. */
const UNTOLD = new Set<RuleName>(["quiet-site"]);
const COUNTRIES: Readonly<Record<string, string>> = { "193.0.6.139": "NL", "8.8.8.8": "US" };
const countryOf = (address: string) => COUNTRIES[address] ?? null;

/** What rules find in the demo of that day from the beginning of the story on. */
function foundOn(today: LocalDate): AlertDraft[] {
  const now = startOfLocalDay(today, zone) + 12 * 3_600_000;
  const usual = datesBack(today, 30).flatMap((date) => siteDay(company, site, date));
  const story = storyOf(company, site, today);
  const sent = [...usual.filter(({ at }) => at <= now), ...story].toSorted((a, b) => a.at - b.at);
  const accountOf = numbering();
  const hours = { from: 4.5 * 60, to: 23.5 * 60 };
  const week = Array.from({ length: 7 }, () => hours);
  const context = {
    ...CONTEXT,
    zone,
    countryOf,
    calendar: {
      company: { hours: week, graceMinutes: 30, zone, holidays: [] },
      sites: new Map(),
      exemptions: [],
    },
    tagged: {
      serviceAccounts: new Set([accountOf("svc.print")]),
      administrators: new Set([accountOf("adm.root")]),
      administratorsComputers: new Set([0]),
    },
  };
  const asked: Asked = { settings: settingsOf([]), exceptions: [], context };
  const { alerts } = askRules(seenOfDemo(sent, now, accountOf), new Map(), asked);
  const storyAt = story.find(({ at }) => at > now - STORY_MS)!.at;
  return [...alerts.values()].filter(({ sinceAt }) => sinceAt >= storyAt);
}

it.each(["2026-03-04", "2026-03-08", "2026-11-30"])(
  "each rule finds something in the story, whatever day it is told on (%s)",
  (today) => {
    const found = foundOn(today);
    const rules = new Set(found.map(({ rule }) => rule));
    const told = RULES.filter((rule) => isOfEvents(rule) && !UNTOLD.has(rule.name));
    expect(told.map(({ name }) => name).filter((name) => !rules.has(name))).toEqual([]);
    expect(found.length).toBeLessThanOrEqual(20);
  },
);

it("the story is of the last working day, and is the same whenever it is told that day", () => {
  for (let ahead = 0; ahead < 14; ahead += 1) {
    const today = addLocalDays("2026-03-02", ahead);
    const date = storyDate(today);
    expect(date < today && dayOfLocalDate(today) - dayOfLocalDate(date) <= 3).toBe(true);
    expect([0, 6]).not.toContain((dayOfLocalDate(date) + 4) % 7);
    expect(storyOf(company, site, today)).toEqual(storyOf(company, site, today));
  }
});
