import { expect, it } from "vitest";
import type { AlertDraft } from "@/lib/domain/detections/alert-draft";
import { askRules } from "@/lib/domain/detections/engine";
import type { Asked } from "@/lib/domain/detections/memories";
import type { RuleName } from "@/lib/domain/detections/rule";
import type { FleetComputer } from "@/lib/domain/detections/fleet-memory";
import { findQuiet, judgeFleet } from "@/lib/domain/detections/judge-fleet";
import { FLEET_RULES, RULES, settingsOf } from "@/lib/domain/detections/rules";
import {
  addLocalDays,
  dayOfLocalDate,
  ianaZone,
  localDateOf,
  startOfLocalDay,
  type LocalDate,
} from "@/lib/domain/zones";
import { datesBack, siteDay } from "@/scripts/demo/day";
import { demoAgentVersion, demoFleet } from "@/scripts/demo/fleet";
import { closedSiteStory, healthOf, lastWordOf } from "@/scripts/demo/fleet-story";
import { STORY_MS, storyDate, storyOf } from "@/scripts/demo/story";
import { numbering, seenOfDemo } from "../../support/demo-seen";
import { OFFERED_AGENT } from "../../support/offered-agent";
import { CONTEXT } from "../../support/seen-events";

const company = demoFleet(1)[0]!;
const site = company.sites[0]!;
const zone = ianaZone(company.timeZone);
const HOUR = 3_600_000;

const COUNTRIES: Readonly<Record<string, string>> = { "193.0.6.139": "NL", "8.8.8.8": "US" };
const countryOf = (address: string) => COUNTRIES[address] ?? null;

/** What rules find in the demo of that day from the beginning of the story on. */
function foundOn(today: LocalDate): AlertDraft[] {
  const now = startOfLocalDay(today, zone) + 12 * HOUR;
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

/** What the rules find at the site that is closed. */
function foundAtClosedSite(today: LocalDate): AlertDraft[] {
  const closed = company.sites.find(({ isClosed }) => isClosed)!;
  const usual = datesBack(today, 30).flatMap((date) => siteDay(company, closed, date));
  const sent = [...usual, ...closedSiteStory(company, closed, storyDate(today))];
  const asked: Asked = { settings: settingsOf([]), exceptions: [], context: { ...CONTEXT, zone } };
  const events = seenOfDemo(sent, startOfLocalDay(today, zone) + 12 * HOUR);
  return [...askRules(events, new Map(), asked).alerts.values()];
}

/** What the rules find in what agents tell of themselves, by computer, at the first look at them. */
function foundInHealth(now: number): [RuleName, string][] {
  const lastWord = lastWordOf(company, site, localDateOf(now, zone));
  const names = [
    ...healthOf(site).map(({ computerName }) => computerName),
    String(lastWord.body.ComputerName),
  ];
  const known = {
    siteId: 1,
    firstSeenAt: now,
    lastSeenAt: now,
    lastHealthAt: now,
  };
  const computers: FleetComputer[] = healthOf(site).map((health, id) => ({
    ...known,
    id,
    clockSkewMs: health.clockAheadMs,
    lost: health.DroppedSessions,
  }));
  const silent = { firstSeenAt: lastWord.at, lastSeenAt: lastWord.at, lastHealthAt: null };
  computers.push({ ...known, ...silent, id: computers.length, clockSkewMs: 0, lost: 0 });
  const days = new Map(FLEET_RULES.map(({ name }) => [name, { opened: 0, held: 0 }]));
  const today = localDateOf(now, zone);
  const asked = { settings: settingsOf([]), exceptions: [], silentAfterMinutes: 1_440, today, days };
  const quiet = findQuiet(null, computers, asked, now);
  const lastWords = new Map(quiet.map(({ id }) => [id, { isOff: false, rightAt: null }]));
  const { alerts } = judgeFleet(null, computers, asked, now, lastWords);
  return alerts.map(({ rule, computerId }) => [rule, names[computerId!]!]);
}

it.each(["2026-03-04", "2026-03-08", "2026-11-30"])(
  "each of the rules finds something in the demo, whatever day its story is told on (%s)",
  (today) => {
    const found = foundOn(today);
    const quiet = foundAtClosedSite(today);
    const fleet = foundInHealth(startOfLocalDay(today, zone) + 12 * HOUR);
    const rules = new Set([...found, ...quiet].map(({ rule }) => rule));
    for (const [rule] of fleet) rules.add(rule);
    expect(RULES.map(({ name }) => name).filter((name) => !rules.has(name))).toEqual([]);
    expect(found.length).toBeLessThanOrEqual(20);
    expect(quiet.map(({ rule }) => rule)).toEqual(["quiet-site"]);
  },
);

it.each(["00:00", "02:00", "12:00", "23:59"])(
  "agents tell each trouble of theirs at any time (%s)",
  (clock) => {
    const found = foundInHealth(Date.parse(`2026-03-04T${clock}:00Z`));
    expect(found.toSorted()).toEqual([
      ["agent-silenced", "NWT-DESK"],
      ["clock-moved", "NWT-TILL"],
      ["events-lost", "NWT-VAN"],
    ]);
  },
);

it("gives most computers the agent that the portal offers", () => {
  expect(demoAgentVersion("PC-1")).toBe(OFFERED_AGENT);
});

it("the story is of the last working day, and is the same whenever it is told that day", () => {
  for (let ahead = 0; ahead < 14; ahead += 1) {
    const today = addLocalDays("2026-03-02", ahead);
    const date = storyDate(today);
    expect(date < today && dayOfLocalDate(today) - dayOfLocalDate(date) <= 3).toBe(true);
    expect([0, 6]).not.toContain((dayOfLocalDate(date) + 4) % 7);
    expect(storyOf(company, site, today)).toEqual(storyOf(company, site, today));
  }
});
