import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { zoneCalendar } from "@/lib/domain/zone-calendar";
import {
  addLocalDays,
  dayOfLocalDate,
  formatOffsetIso,
  ianaZone,
  instantsOfLocal,
  isIanaZone,
  isLocalDate,
  listZones,
  localDateOf,
  startOfLocalDay,
  zonedDateTimeToInstant,
  zoneName,
  zoneOffsetMinutes,
} from "@/lib/domain/zones";
import { dateRangeParams } from "@/lib/server/search-params";
import { wallClock } from "./wall-clock";

const utc = (text: string) => Date.parse(text);
const iso = (at: number) => new Date(at).toISOString();
const HOUR = 3_600_000;

const ZONES = [
  "UTC",
  "Europe/London",
  "America/New_York",
  "Australia/Lord_Howe",
  "Asia/Kathmandu",
  "Pacific/Apia",
  "America/Sao_Paulo",
  "Africa/Cairo",
  "America/St_Johns",
  "Pacific/Kiritimati",
  "Asia/Tehran",
  "Africa/Casablanca",
  "America/Havana",
].map(ianaZone);

const anyZone = fc.constantFrom(...ZONES);
const anyInstant = fc.integer({ min: utc("2000-01-01T00:00:00Z"), max: utc("2039-12-31T00:00:00Z") });

describe("zone names", () => {
  it.each([
    ["utc", "UTC"],
    ["Utc", "UTC"],
    ["gmt", "GMT"],
    ["est5edt", "EST5EDT"],
    ["europe/london", "Europe/London"],
    ["EUROPE/LONDON", "Europe/London"],
    [" Europe/Berlin ", "Europe/Berlin"],
    ["america/port-au-prince", "America/Port-au-Prince"],
    ["america/argentina/buenos_aires", "America/Argentina/Buenos_Aires"],
    ["africa/dar_es_salaam", "Africa/Dar_es_Salaam"],
    ["europe/isle_of_man", "Europe/Isle_of_Man"],
    ["asia/kolkata", "Asia/Kolkata"],
    ["asia/calcutta", "Asia/Calcutta"],
    ["etc/gmt+5", "Etc/Gmt+5"],
    ["us/pacific", "Us/Pacific"],
  ])("reads %s as %s", (text, name) => {
    expect(zoneName(text)).toBe(name);
    expect(isIanaZone(name)).toBe(true);
  });

  it("spells every zone alike, whatever its case", () => {
    for (const zone of listZones()) expect(zoneName(zone.toLowerCase())).toBe(zone);
  });

  it.each(["BST", "bst", "IST", "PST", "Mars/Olympus", "+01:00", ""])("reads no zone from %s", (text) => {
    expect(zoneName(text)).toBe(text);
    expect(isIanaZone(text)).toBe(false);
  });

  it.each([
    "UTC",
    "Europe/London",
    "America/Argentina/Buenos_Aires",
    "Asia/Kolkata",
    "Asia/Calcutta",
    "Etc/GMT+5",
    "Europe/Kyiv",
    "America/Port-au-Prince",
    "Japan",
  ])("takes %s", (name) => {
    expect(isIanaZone(name)).toBe(true);
    expect(isIanaZone(name)).toBe(true);
  });

  it.each([
    "",
    " UTC",
    "utc",
    "Z",
    "PST",
    "IST",
    "ACT",
    "BST",
    "+01:00",
    "GMT+1",
    "Europe/Londn",
    "Mars/Base",
    "SystemV/PST8",
    "Europe/London'",
    "../UTC",
    null,
    0,
    undefined,
    {},
    "A/".repeat(5000),
  ])("refuses %j", (name) => {
    expect(isIanaZone(name)).toBe(false);
  });

  it("throws for a name that is no zone", () => {
    expect(() => ianaZone("Europe/Londn")).toThrow(RangeError);
  });

  it("lists valid zones under today's names, sorted, once, UTC among them", () => {
    const zones = listZones();
    expect(zones.every((zone) => isIanaZone(zone))).toBe(true);
    expect(zones).toEqual([...new Set(zones)].toSorted());
    expect(zones).toEqual(
      expect.arrayContaining(["UTC", "Europe/London", "Asia/Kolkata", "Europe/Kyiv", "Asia/Kathmandu"]),
    );
    expect(zones).not.toContain("Asia/Calcutta");
  });
});

describe("local dates", () => {
  it.each([
    ["2025-05-25T22:59:59.999Z", "Europe/London", "2025-05-25"],
    ["2025-05-25T23:00:00Z", "Europe/London", "2025-05-26"],
    ["2025-01-25T23:30:00Z", "Europe/London", "2025-01-25"],
    ["2025-01-01T04:59:59Z", "America/New_York", "2024-12-31"],
    ["2025-01-01T05:00:00Z", "America/New_York", "2025-01-01"],
    ["2025-01-01T18:14:59Z", "Asia/Kathmandu", "2025-01-01"],
    ["2025-01-01T18:15:00Z", "Asia/Kathmandu", "2025-01-02"],
    ["2011-12-30T09:59:59Z", "Pacific/Apia", "2011-12-29"],
    ["2011-12-30T10:00:00Z", "Pacific/Apia", "2011-12-31"],
  ])("at %s in %s the date is %s", (at, zone, date) => {
    expect(localDateOf(utc(at), ianaZone(zone))).toBe(date);
  });

  it.each([
    ["2025-05-26", "Europe/London", "2025-05-25T23:00:00.000Z"],
    ["2025-03-30", "Europe/London", "2025-03-30T00:00:00.000Z"],
    ["2025-03-31", "Europe/London", "2025-03-30T23:00:00.000Z"],
    ["2025-01-01", "Pacific/Kiritimati", "2024-12-31T10:00:00.000Z"],
    // Midnight was skipped: the day began at 01:00.
    ["2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00:00.000Z"],
    // The zone crossed the date line and never had the 30th.
    ["2011-12-30", "Pacific/Apia", "2011-12-30T10:00:00.000Z"],
    ["2011-12-31", "Pacific/Apia", "2011-12-30T10:00:00.000Z"],
    // Midnight came twice, at 00:00 and after the clocks went back from 00:01: the first counts.
    ["2010-11-07", "America/St_Johns", "2010-11-07T02:30:00.000Z"],
  ])("%s in %s begins at %s", (date, zone, at) => {
    expect(iso(startOfLocalDay(date, ianaZone(zone)))).toBe(at);
  });

  it.each([
    ["2025-03-30", "Europe/London", 23],
    ["2025-10-26", "Europe/London", 25],
    ["2025-05-26", "Europe/London", 24],
    ["2025-04-06", "Australia/Lord_Howe", 24.5],
    ["2025-10-05", "Australia/Lord_Howe", 23.5],
    ["2025-11-02", "America/New_York", 25],
  ])("%s in %s has %d hours", (date, name, hours) => {
    const zone = ianaZone(name);
    expect(startOfLocalDay(addLocalDays(date, 1), zone) - startOfLocalDay(date, zone)).toBe(hours * HOUR);
  });

  it("adds days on the calendar", () => {
    expect(addLocalDays("2024-02-28", 1)).toBe("2024-02-29");
    expect(addLocalDays("2025-02-28", 1)).toBe("2025-03-01");
    expect(addLocalDays("2025-01-01", -1)).toBe("2024-12-31");
    expect(addLocalDays("2025-10-26", 0)).toBe("2025-10-26");
  });

  it.each([
    "2025-02-29",
    "2025-13-01",
    "2025-1-01",
    "2025-01-01T00:00",
    "",
    "99999-01-01",
    "0000-01-01",
    "9999-12-31",
    "0100-12-30",
    5,
    null,
  ])("holds %j for no date", (text) => {
    expect(isLocalDate(text)).toBe(false);
    expect(() => addLocalDays(text as string, 1)).toThrow(RangeError);
  });

  it.each(["0101-01-01", "9999-12-29"])("tells the days around %s in any zone", (date) => {
    expect(isLocalDate(date)).toBe(true);
    for (const zone of [...ZONES, ianaZone("America/Adak")]) {
      const starts = [-1, 0, 1].map((days) => startOfLocalDay(addLocalDays(date, days), zone));
      expect(starts).toEqual(starts.toSorted((a, b) => a - b));
      const { from, to } = dateRangeParams({ from: date, to: date }, zone);
      expect([from!.getTime(), to!.getTime()]).toEqual(starts.slice(1));
    }
  });

  it("agrees with the clock on the wall at any instant in any zone", () => {
    fc.assert(
      fc.property(anyInstant, anyZone, (at, zone) => {
        const wall = wallClock(at, zone);
        expect(localDateOf(at, zone)).toBe(wall.slice(0, 10));
        expect(formatOffsetIso(at, zone).slice(0, 19)).toBe(wall);
        expect(utc(formatOffsetIso(at, zone))).toBe(at);
      }),
      { numRuns: 2000 },
    );
  });

  it("knows every change of date: the date holds until it and differs from it on", () => {
    fc.assert(
      fc.property(anyInstant, anyZone, (at, zone) => {
        const calendar = zoneCalendar(zone);
        const next = calendar.nextDayChange(at);
        expect(next).toBeGreaterThan(at);
        expect(wallClock(next - 1, zone).slice(0, 10)).toBe(wallClock(at, zone).slice(0, 10));
        expect(wallClock(next, zone).slice(0, 10)).not.toBe(wallClock(at, zone).slice(0, 10));
        expect(localDateOf(next, zone)).toBe(wallClock(next, zone).slice(0, 10));
      }),
      { numRuns: 1000 },
    );
  });

  it("starts every day at its first instant", () => {
    fc.assert(
      fc.property(anyInstant, anyZone, (at, zone) => {
        const date = localDateOf(at, zone);
        const start = startOfLocalDay(date, zone);
        expect(start).toBeLessThanOrEqual(at);
        expect(localDateOf(start, zone)).toBe(date);
        expect(dayOfLocalDate(localDateOf(start - 1, zone))).toBeLessThan(dayOfLocalDate(date));
      }),
      { numRuns: 1000 },
    );
  });

  it("holds one day after the other through the night Newfoundland turned its clocks back over midnight", () => {
    const zone = ianaZone("America/St_Johns");
    const dates = ["02:29:59", "02:30:00", "02:31:00", "03:29:59", "03:30:00"].map((time) =>
      localDateOf(utc(`2010-11-07T${time}Z`), zone),
    );
    expect(dates).toEqual(["2010-11-06", "2010-11-07", "2010-11-06", "2010-11-06", "2010-11-07"]);
  });

  it.each([NaN, Infinity, utc("0050-01-01T00:00:00Z"), 8.64e15])(
    "throws for %d, which is no usable instant",
    (at) => {
      expect(() => localDateOf(at, ianaZone("UTC"))).toThrow(RangeError);
    },
  );
});

describe("times on the wall", () => {
  const parts = (text: string) => {
    const [year, month, day, hour, minute, second] = text.split(/\D/).map(Number);
    return { year: year!, month: month!, day: day!, hour: hour!, minute: minute!, second: second ?? 0 };
  };

  it.each([
    ["2025-05-26 12:00", "Europe/London", ["2025-05-26T11:00:00.000Z"]],
    ["2025-10-26 01:30", "Europe/London", ["2025-10-26T00:30:00.000Z", "2025-10-26T01:30:00.000Z"]],
    ["2025-10-26 02:00", "Europe/London", ["2025-10-26T02:00:00.000Z"]],
    ["2025-03-30 01:30", "Europe/London", []],
    ["2025-04-06 01:45", "Australia/Lord_Howe", ["2025-04-05T14:45:00.000Z", "2025-04-05T15:15:00.000Z"]],
    ["2011-12-30 12:00", "Pacific/Apia", []],
    ["2011-12-31 00:00", "Pacific/Apia", ["2011-12-30T10:00:00.000Z"]],
    ["2025-12-31 23:59", "UTC", ["2025-12-31T23:59:00.000Z"]],
  ])("%s in %s means %j", (text, zone, instants) => {
    expect(instantsOfLocal(parts(text), ianaZone(zone)).map(iso)).toEqual(instants);
  });

  it.each([
    ["2025-10-26 01:30", "earlier", "2025-10-26T00:30:00.000Z"],
    ["2025-10-26 01:30", "later", "2025-10-26T01:30:00.000Z"],
    ["2025-03-30 01:30", "earlier", "2025-03-30T00:30:00.000Z"],
    ["2025-03-30 01:30", "later", "2025-03-30T01:30:00.000Z"],
    ["2025-07-01 01:30", "earlier", "2025-07-01T00:30:00.000Z"],
    ["2025-07-01 01:30", "later", "2025-07-01T00:30:00.000Z"],
  ] as const)("%s in London, the %s, is %s", (text, which, at) => {
    expect(iso(zonedDateTimeToInstant(parts(text), ianaZone("Europe/London"), which))).toBe(at);
  });

  it.each(["2025-02-30 10:00", "2025-01-01 24:00", "2025-01-01 10:60", "2025-00-01 10:00"])(
    "throws for %s, which no clock ever shows",
    (text) => {
      expect(() => zonedDateTimeToInstant(parts(text), ianaZone("UTC"), "earlier")).toThrow(RangeError);
    },
  );

  it("finds every instant again by what its clock shows", () => {
    fc.assert(
      fc.property(anyInstant, anyZone, (instant, zone) => {
        const at = Math.floor(instant / 1000) * 1000;
        const instants = instantsOfLocal(parts(wallClock(at, zone)), zone);
        expect(instants).toContain(at);
        expect([1, 2]).toContain(instants.length);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("offsets", () => {
  it.each([
    ["2026-01-05T09:00:00Z", "Europe/Berlin", 60, "2026-01-05T10:00:00.000+01:00"],
    ["2026-07-05T09:00:00.123Z", "America/St_Johns", -150, "2026-07-05T06:30:00.123-02:30"],
    ["2026-01-05T09:00:00Z", "Asia/Kathmandu", 345, "2026-01-05T14:45:00.000+05:45"],
    ["2026-01-05T09:00:00Z", "UTC", 0, "2026-01-05T09:00:00.000+00:00"],
    ["2026-01-01T00:00:00Z", "Pacific/Kiritimati", 840, "2026-01-01T14:00:00.000+14:00"],
  ])("at %s in %s it is %d minutes, written %s", (at, zone, minutes, text) => {
    expect(zoneOffsetMinutes(utc(at), ianaZone(zone))).toBe(minutes);
    expect(formatOffsetIso(utc(at), ianaZone(zone))).toBe(text);
  });
});
