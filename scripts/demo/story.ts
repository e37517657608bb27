import { addLocalDays, dayOfLocalDate, ianaZone, startOfLocalDay, type LocalDate } from "@/lib/domain/zones";
import type { DemoChoices } from "@/lib/services/companies/prepare-demo";
import { told as toldAt, type DemoEvent } from "./day";
import type { DemoCompany, DemoSite, Person } from "./fleet";

const MINUTE = 60_000;
const OUTSIDER = "203.0.113.99";
const WRONG_PASSWORD = { Status: "0xC000006D", SubStatus: "0xC000006A", LogonType: 3, SourceIP: OUTSIDER };
const DISABLED = { Status: "0xC000006E", SubStatus: "0xC0000072", LogonType: 2 };
/** The story is no older than this, except for the events that come long before it. */
export const STORY_MS = 5 * 24 * 60 * MINUTE;
/** How long the auditor was away: longer than habits go back, or the company would have begun then. */
const AWAY_DAYS = 100;

/** What happens, for readers of the alerts. */
export const STORY = `
What happened at %COMPANY% on %DATE% (see its Alerts page):
  02:10  An outsider tries one password on eight accounts, then several on one of them, and gets in at 02:40.
  02:40  With that account, they log on to five computers in the middle of the night; one belongs to another person.
  03:30  A computer starts up at the old depot, which has been closed for three weeks, and two passwords are tried.
  07:40  A person logs on from the Netherlands and 50 minutes later from the United States.
  09:00  A program still tries to log on with the disabled account of a person who has left.
  10:00  The account of a print service is locked out repeatedly, and someone logs on with it at a computer.
  11:30  An administrator's account is used on a computer that isn't for administrators.
  14:00  An auditor's account is used again after ${AWAY_DAYS} days.
And what its agents tell now, within a minute or two:
  NWT-DESK  The reception's computer woke up at midnight a day ago; its agent has sent nothing since.
  NWT-TILL  The clock of the shop's till is 11 minutes behind.
  NWT-VAN   The driver's laptop had no network for so long that its agent dropped 12 events.
`;

/** What the company has chosen: its head office never works in the middle of the night, and some names mean something. */
export function choicesOf({ name, sites }: DemoCompany): DemoChoices {
  return {
    company: name,
    site: sites[0]!.name,
    from: "04:30",
    to: "23:30",
    tags: [
      { tag: "service-account", pattern: "svc.*" },
      { tag: "administrator", pattern: "adm.*" },
      { tag: "administrators-computer", pattern: "*-ADM*" },
    ],
  };
}

type OmitFirst<List extends unknown[]> = List extends [unknown, ...infer Rest] ? Rest : never;

/** The last day before today on which people work. */
export function storyDate(today: LocalDate): LocalDate {
  let date = addLocalDays(today, -1);
  while (((dayOfLocalDate(date) + 4) % 7) % 6 === 0) date = addLocalDays(date, -1);
  return date;
}

/** Those whose laptops the intruder goes to. */
export const intruderLaptops = (people: readonly Person[]) => people.slice(2, 6);

/** A break-in and three everyday troubles at a site, in time order: each rule finds something in them. */
export function storyOf({ timeZone }: DemoCompany, site: DemoSite, today: LocalDate): DemoEvent[] {
  const date = storyDate(today);
  const zone = ianaZone(timeZone);
  const at = (hour: number, minute: number, on = date) =>
    startOfLocalDay(on, zone) + (hour * 60 + minute) * MINUTE;
  const [victim, second, third] = site.people as [Person, Person, Person, ...Person[]];
  // One in use, and laptops that stay on meanwhile.
  const laptops = intruderLaptops(site.people).map(({ secondComputer }) => secondComputer);
  const entered = [second.computerName, ...laptops];
  const told = (...words: OmitFirst<Parameters<typeof toldAt>>) => toldAt(site, ...words);
  // The RIPE NCC and a public resolver: addresses whose countries every registry knows.
  const abroad = [
    { PublicIP: "193.0.6.139", LogonType: 10 },
    { PublicIP: "8.8.8.8", LogonType: 10 },
  ];
  const traveller = site.people[9] ?? third;
  const auditor = { ...victim, userName: "ext.auditor" };
  const leaver = { ...third, userName: "mark.leaver" };
  const printing = { ...second, userName: "svc.print" };
  const administrator = { ...third, userName: "adm.root" };
  return [
    told(auditor, "Logon", third.computerName, at(11, 0, addLocalDays(date, -AWAY_DAYS))),
    told(auditor, "Logoff", third.computerName, at(15, 0, addLocalDays(date, -AWAY_DAYS))),
    ...site.people
      .slice(0, 8)
      .map((person, number) =>
        told(person, "LogonFailed", second.computerName, at(2, 10) + number * 40_000, WRONG_PASSWORD),
      ),
    ...[0, 1, 2, 3, 4, 5].map((number) =>
      told(victim, "LogonFailed", second.computerName, at(2, 24) + number * 70_000, WRONG_PASSWORD),
    ),
    ...entered.map((computer, number) =>
      told(victim, "Logon", computer, at(2, 40 + number * 4), { LogonType: 10 }),
    ),
    ...entered.map((computer, number) => told(victim, "Logoff", computer, at(3, 20 + number))),
    ...abroad.map((from, number) =>
      told(traveller, "Logon", traveller.computerName, at(7, 40 + number * 50), from),
    ),
    ...[0, 1, 2].map((number) =>
      told(leaver, "LogonFailed", third.computerName, at(9, number * 15), DISABLED),
    ),
    ...[10, 11, 13].map((hour) => told(printing, "Lockout", second.computerName, at(hour, 5))),
    told(printing, "Logon", second.computerName, at(10, 20), { LogonType: 2 }),
    told(administrator, "Logon", third.computerName, at(11, 30), { LogonType: 2 }),
    told(administrator, "Logoff", third.computerName, at(11, 45)),
    told(auditor, "Logon", third.computerName, at(14, 0)),
    told(auditor, "Logoff", third.computerName, at(16, 30)),
  ];
}
