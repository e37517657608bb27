import { addLocalDays, ianaZone, startOfLocalDay, type LocalDate } from "@/lib/domain/zones";
import { told, type DemoEvent } from "./day";
import type { DemoCompany, DemoSite } from "./fleet";
import { intruderLaptops } from "./story";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Longer than a site has to be quiet for its next sign of life to be told. */
const CLOSED_DAYS = 22;

/** What an agent's health check says besides its computer and version. */
export interface DemoHealth {
  computerName: string;
  /** Milliseconds that the computer's clock is ahead, below zero behind. */
  clockAheadMs: number;
  DroppedSessions: number;
}

/** At the site that is closed: its last evening, and a night on which it is used all the same. */
export function closedSiteStory({ timeZone }: DemoCompany, site: DemoSite, date: LocalDate): DemoEvent[] {
  const zone = ianaZone(timeZone);
  const [keeper] = site.people;
  if (!keeper) return [];
  const at = (on: LocalDate, hour: number, minute: number) =>
    startOfLocalDay(on, zone) + (hour * 60 + minute) * MINUTE;
  const lastDay = addLocalDays(date, -CLOSED_DAYS);
  const wrong = { Status: "0xC000006D", SubStatus: "0xC000006A", LogonType: 2 };
  const computer = keeper.computerName;
  return [
    told(site, keeper, "Logon", computer, at(lastDay, 8, 0)),
    told(site, keeper, "Logoff", computer, at(lastDay, 17, 0)),
    told(site, keeper, "Shutdown", computer, at(lastDay, 17, 5)),
    told(site, keeper, "Startup", computer, at(date, 3, 30)),
    ...[0, 1].map((minute) => told(site, keeper, "LogonFailed", computer, at(date, 3, 32 + minute), wrong)),
    told(site, keeper, "Shutdown", computer, at(date, 3, 40)),
  ];
}

const SILENT_COMPUTER = "NWT-DESK";

/** The last that is heard of the reception's computer: it wakes at a midnight that is 24 to 48 hours ago whenever it is told. */
export function lastWordOf({ timeZone }: DemoCompany, site: DemoSite, today: LocalDate): DemoEvent {
  const midnight = startOfLocalDay(today, ianaZone(timeZone)) - DAY;
  return told(site, { ...site.people[0]!, userName: "reception" }, "Wake", SILENT_COMPUTER, midnight);
}

/** What agents of the site tell of themselves: a wrong clock, lost events, and everybody else is well. */
export function healthOf(site: DemoSite): DemoHealth[] {
  const well = { clockAheadMs: 0, DroppedSessions: 0 };
  return [
    ...computersOf(site).map((computerName) => ({ computerName, ...well })),
    { ...well, computerName: "NWT-TILL", clockAheadMs: -10.75 * MINUTE },
    { ...well, computerName: "NWT-VAN", DroppedSessions: 12 },
  ];
}

/** Those that people of the site are seen on. */
function computersOf({ people }: DemoSite): string[] {
  const further = people.filter(({ pattern }) => pattern === "two-computers" || pattern === "remote");
  return [
    ...new Set([
      ...people.map(({ computerName }) => computerName),
      ...[...further, ...intruderLaptops(people)].map(({ secondComputer }) => secondComputer),
    ]),
  ];
}
