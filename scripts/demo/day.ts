import { addLocalDays, dayOfLocalDate, ianaZone, startOfLocalDay, type LocalDate } from "@/lib/domain/zones";
import { demoAgentVersion, type DemoCompany, type DemoSite, type Person } from "./fleet";
import { SeededRandom } from "./random";

/** An event as an agent sends it, with its true instant apart for sorting. */
export interface DemoEvent {
  at: number;
  body: Record<string, string | number>;
}

const MINUTE = 60_000;
const BAD_PASSWORD = { Status: "0xC000006D", SubStatus: "0xC000006A", LogonType: 2 };
const UNKNOWN_USER = { Status: "0xC000006D", SubStatus: "0xC0000064", LogonType: 3 };

/** Collects a person's events; minutes count from the local midnight of the day. */
class Diary {
  readonly events: DemoEvent[] = [];

  constructor(
    readonly person: Person,
    readonly site: DemoSite,
    readonly midnight: number,
    readonly random: SeededRandom,
  ) {}

  add(
    minute: number,
    eventType: string,
    computerName: string,
    more: Record<string, string | number> = {},
  ): void {
    const at = this.midnight + Math.round(minute * MINUTE) + this.random.whole(0, 59_999);
    this.events.push(told(this.site, this.person, eventType, computerName, at, more));
  }
}

/** What the agent of a site's computer sends of what a person does at the instant. */
export function told(
  site: DemoSite,
  person: Person,
  eventType: string,
  computerName: string,
  at: number,
  more: Record<string, string | number> = {},
): DemoEvent {
  return {
    at,
    body: {
      EventType: eventType,
      UserName: person.userName,
      ComputerName: computerName,
      Timestamp: new Date(at + site.clockAheadMs).toISOString(),
      LocalIP: person.localIp,
      PublicIP: site.publicIp,
      AgentVersion: demoAgentVersion(computerName),
      ...more,
    },
  };
}

/** Everything one site's computers report of a local day, in time order. Deterministic: the same day, the same events. */
export function siteDay(company: DemoCompany, site: DemoSite, date: LocalDate): DemoEvent[] {
  if (site.isClosed) return [];
  const zone = ianaZone(company.timeZone);
  const midnight = startOfLocalDay(date, zone);
  const events = site.people.flatMap((person) => personDay(company, site, person, date, midnight));
  const random = new SeededRandom("site", company.name, site.name, date);
  if (random.chance(0.08)) events.push(...passwordGuessing(site, midnight, random));
  events.sort((a, b) => a.at - b.at);
  return site.isRetrying ? withRetries(events, random) : events;
}

function personDay(
  company: DemoCompany,
  site: DemoSite,
  person: Person,
  date: LocalDate,
  midnight: number,
): DemoEvent[] {
  const random = new SeededRandom(company.name, site.name, person.userName, date);
  const isWeekend = ((dayOfLocalDate(date) + 4) % 7) % 6 === 0;
  const presence = isWeekend
    ? person.pattern === "night" || person.pattern === "shared-desk"
      ? 0.45
      : 0.06
    : 0.92;
  if (!random.chance(presence)) return [];
  const diary = new Diary(person, site, midnight, random);
  PATTERNS[person.pattern](diary, random);
  return diary.events;
}

const PATTERNS: Record<Person["pattern"], (diary: Diary, random: SeededRandom) => void> = {
  office: (diary, random) => workDay(diary, 8 * 60 + random.whole(-20, 50), 17 * 60 + random.whole(-15, 75)),
  early: (diary, random) => workDay(diary, 6 * 60 + random.whole(-15, 20), 14 * 60 + random.whole(0, 40)),
  "part-time": (diary, random) =>
    workDay(diary, 9 * 60 + random.whole(-10, 30), 13 * 60 + random.whole(-10, 30)),
  "shared-desk": (diary, random) =>
    workDay(diary, 13 * 60 + random.whole(0, 25), 21 * 60 + random.whole(0, 25)),
  night: (diary, random) => workDay(diary, 21 * 60 + 45 + random.whole(0, 25), 30 * 60 + random.whole(0, 40)),
  "two-computers": (diary, random) => {
    workDay(diary, 8 * 60 + random.whole(0, 50), 17 * 60 + random.whole(0, 60));
    const start = 10 * 60 + random.whole(0, 90);
    diary.add(start, "Sign-In", diary.person.secondComputer);
    diary.add(start + random.whole(40, 120), "Sign-Out", diary.person.secondComputer);
  },
  remote: (diary, random) => {
    const server = diary.person.secondComputer;
    const start = 8 * 60 + random.whole(0, 90);
    const address = {
      SourceIP: `203.0.113.${random.whole(2, 250)}`,
      SessionId: random.whole(2, 60),
      LogonType: 10,
    };
    diary.add(start, "Logon", server, address);
    diary.add(12 * 60 + random.whole(0, 30), "RemoteDisconnect", server, address);
    diary.add(13 * 60 + random.whole(0, 30), "RemoteConnect", server, address);
    if (random.chance(0.8)) diary.add(17 * 60 + random.whole(0, 80), "Logoff", server, address);
    else diary.add(17 * 60 + random.whole(0, 80), "RemoteDisconnect", server, address);
  },
};

/** Logon, breaks and lunch behind a lock, and mostly a logoff: now and then it is missed, or the computer only sleeps. */
function workDay(diary: Diary, start: number, end: number): void {
  const { random, person } = diary;
  const computer = person.computerName;
  if (random.chance(0.05)) {
    for (let wrong = random.whole(1, 3); wrong > 0; wrong--)
      diary.add(start - wrong, "LogonFailed", computer, BAD_PASSWORD);
  }
  if (random.chance(0.25)) diary.add(start - 3, "Startup", computer);
  diary.add(start, "Logon", computer);
  const lunch = start + (end - start) / 2 + random.whole(-25, 15);
  lockBetween(diary, lunch, lunch + random.whole(25, 55));
  for (let breaks = random.whole(0, 3); breaks > 0; breaks--) {
    const at = random.chance(0.5) ? random.whole(start + 30, lunch - 25) : random.whole(lunch + 65, end - 25);
    lockBetween(diary, at, at + random.whole(4, 18));
  }
  if (random.chance(0.04)) return; // missed logoff
  if (random.chance(0.1)) {
    diary.add(end, "Lock", computer);
    diary.add(end + 20, "Sleep", computer);
    return;
  }
  diary.add(end, "Logoff", computer);
  if (random.chance(0.2)) diary.add(end + 2, "Shutdown", computer);
}

function lockBetween(diary: Diary, from: number, to: number): void {
  diary.add(from, "Lock", diary.person.computerName);
  if (diary.random.chance(0.97)) diary.add(to, "Unlock", diary.person.computerName);
}

/** An outsider tries passwords: many names from one address, then one account until it is locked out. */
function passwordGuessing(site: DemoSite, midnight: number, random: SeededRandom): DemoEvent[] {
  const outsider = { SourceIP: `203.0.113.${random.whole(2, 250)}`, ...UNKNOWN_USER };
  const start = random.whole(60, 300);
  const events: DemoEvent[] = [];
  const target = random.pick(site.people);
  const names = ["administrator", "admin", "backup", "sql", "test", "scanner", "guest", target.userName];
  for (let attempt = 0; attempt < 40; attempt++) {
    const userName = attempt < 28 ? names[attempt % names.length]! : target.userName;
    const diary = new Diary({ ...target, userName }, site, midnight, random);
    diary.add(
      start + attempt * 0.4,
      "LogonFailed",
      target.computerName,
      userName === target.userName ? { ...outsider, ...BAD_PASSWORD } : outsider,
    );
    events.push(...diary.events);
  }
  const diary = new Diary(target, site, midnight, random);
  diary.add(start + 17, "Lockout", target.computerName, { SourceIP: outsider.SourceIP });
  return [...events, ...diary.events];
}

function withRetries(events: readonly DemoEvent[], random: SeededRandom): DemoEvent[] {
  return events.flatMap((event) =>
    random.chance(0.03) ? [event, { ...event, body: { ...event.body, retry: 1 } }] : [event],
  );
}

/** The local dates whose events fall into the last `days` days, oldest first; a night shift belongs to the day it began. */
export function datesBack(today: LocalDate, days: number): LocalDate[] {
  return Array.from({ length: days + 1 }, (_, index) => addLocalDays(today, index - days));
}
