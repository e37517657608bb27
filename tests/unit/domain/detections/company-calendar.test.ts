import { describe, expect, it } from "vitest";
import {
  isHoliday,
  isOutsideHours,
  isWithinHours,
  shiftText,
  USUAL_HOURS,
  weekdayOf,
  weekTexts,
  type PlaceCalendar,
  type Shift,
} from "@/lib/domain/detections/company-calendar";
import { inEnglish } from "@/lib/english";
import { holidayForm, hoursForm } from "@/lib/domain/detections/calendar-form";
import { addLocalDays, ianaZone } from "@/lib/domain/zones";

const hour = (number: number) => number * 60;
const usual: PlaceCalendar = {
  zone: ianaZone("Europe/London"),
  hours: USUAL_HOURS,
  graceMinutes: 30,
  holidays: [],
};

/** The same hours on one weekday alone, Monday being 0. */
function only(weekday: number, shift: Shift, more: Partial<PlaceCalendar> = {}): PlaceCalendar {
  return {
    ...usual,
    graceMinutes: 0,
    hours: USUAL_HOURS.map((_, at) => (at === weekday ? shift : null)),
    ...more,
  };
}

const within = (at: string, calendar: PlaceCalendar) => isWithinHours(Date.parse(at), calendar);
const night = { from: hour(22), to: hour(6) };

describe("working hours", () => {
  it.each([
    ["a moment before the grace time", "2026-01-05T07:29:59.999Z", false],
    ["at the start of the grace time", "2026-01-05T07:30:00Z", true],
    ["in the middle", "2026-01-05T12:00:00Z", true],
    ["at the end of the grace time", "2026-01-05T18:30:00Z", true],
    ["a moment after it", "2026-01-05T18:30:00.001Z", false],
    ["on a Saturday", "2026-01-10T12:00:00Z", false],
    ["in summer, an hour earlier by the sun", "2026-07-06T06:30:00Z", true],
    ["in summer, after the end", "2026-07-06T18:00:00Z", false],
  ])("%s", (_, at, expected) => expect(within(at, usual)).toBe(expected));

  it.each([
    ["before the shift", "2026-01-09T21:59:59.999Z", false],
    ["at its start", "2026-01-09T22:00:00Z", true],
    ["at midnight", "2026-01-10T00:00:00Z", true],
    ["at its end the next day", "2026-01-10T06:00:00Z", true],
    ["after it", "2026-01-10T06:00:00.001Z", false],
    ["the night before", "2026-01-09T03:00:00Z", false],
  ])("across midnight: %s", (_, at, expected) => expect(within(at, only(4, night))).toBe(expected));

  it("on the night of a clock change end by the clock on the wall", () => {
    const saturday = only(5, night);
    expect(within("2026-03-29T05:00:00Z", saturday)).toBe(true);
    expect(within("2026-03-29T05:00:00.001Z", saturday)).toBe(false);
    expect(within("2026-10-24T20:59:59.999Z", saturday)).toBe(false);
    expect(within("2026-10-24T21:00:00Z", saturday)).toBe(true);
    expect(within("2026-10-25T06:00:00Z", saturday)).toBe(true);
    expect(within("2026-10-25T06:00:00.001Z", saturday)).toBe(false);
  });

  it("that the clocks skip or show twice are read the longer way", () => {
    const begins = only(6, { from: 90, to: hour(9) });
    expect(within("2026-03-29T00:30:00Z", begins)).toBe(true);
    const ends = only(6, { from: 0, to: 90 });
    expect(within("2026-10-25T01:30:00Z", ends)).toBe(true);
    expect(within("2026-10-25T01:30:00.001Z", ends)).toBe(false);
  });

  it("all day last to midnight, and grace time reaches over it", () => {
    const monday = only(0, { from: 0, to: 0 }, { graceMinutes: 10 });
    expect(within("2026-01-04T23:49:59.999Z", monday)).toBe(false);
    expect(within("2026-01-04T23:50:00Z", monday)).toBe(true);
    expect(within("2026-01-06T00:10:00Z", monday)).toBe(true);
    expect(within("2026-01-06T00:10:00.001Z", monday)).toBe(false);
  });

  it("belong to the day of the place, wherever the server is", () => {
    const auckland = only(0, { from: hour(8), to: hour(17) }, { zone: ianaZone("Pacific/Auckland") });
    expect(within("2026-01-04T19:00:00Z", auckland)).toBe(true);
    expect(within("2026-01-05T08:00:00Z", auckland)).toBe(false);
  });

  it("begin on no holiday, but a night's shift goes on into one", () => {
    const holidays = [{ firstDay: "2026-01-05", lastDay: "2026-01-06", isYearly: false }];
    expect(within("2026-01-05T12:00:00Z", { ...usual, holidays })).toBe(false);
    expect(within("2026-01-07T12:00:00Z", { ...usual, holidays })).toBe(true);
    const sunday = only(6, night, { holidays });
    expect(within("2026-01-05T05:00:00Z", sunday)).toBe(true);
    expect(within("2026-01-05T23:00:00Z", only(0, night, { holidays }))).toBe(false);
  });
});

describe("a holiday", () => {
  const christmas = { firstDay: "2025-12-24", lastDay: "2026-01-02", isYearly: true };
  it.each([
    ["2025-12-23", false],
    ["2025-12-24", true],
    ["2030-12-31", true],
    ["2031-01-02", true],
    ["2031-01-03", false],
    ["2020-12-25", true],
  ])("of every year holds on %s: %s", (date, expected) =>
    expect(isHoliday(date, [christmas])).toBe(expected),
  );

  it("of one year is that year's alone, and 29 February comes with its year", () => {
    expect(isHoliday("2026-12-25", [{ ...christmas, isYearly: false }])).toBe(false);
    const leap = [{ firstDay: "2024-02-29", lastDay: "2024-02-29", isYearly: true }];
    expect(["2025-02-28", "2025-03-01", "2028-02-29"].map((date) => isHoliday(date, leap))).toEqual([
      false,
      false,
      true,
    ]);
  });

  it.each([
    [{ firstDay: "2026-02-30" }, "firstDay"],
    [{ lastDay: "2026-01-04" }, "lastDay"],
    [{ lastDay: "2027-01-05" }, "lastDay"],
    [{ name: " " }, "name"],
  ])("with %j is refused", (change, field) => {
    const given = { name: "Week", firstDay: "2026-01-05", lastDay: "", ...change };
    expect(holidayForm.safeParse(given).error?.issues[0]?.path).toEqual([field]);
    expect(holidayForm.parse({ name: "Day", firstDay: "2026-01-05" })).toMatchObject({
      lastDay: "2026-01-05",
    });
  });
});

describe("a company", () => {
  const at = Date.parse("2026-01-10T12:00:00Z");
  const logon = { at, accountId: 1, siteId: 7 };
  const calendar = { company: usual, sites: new Map(), exemptions: [] };

  it("without a calendar has nobody outside hours", () => {
    expect(isOutsideHours({ ...calendar, company: null }, logon)).toBe(false);
    expect(isOutsideHours(calendar, logon)).toBe(true);
  });

  it("asks the site's hours first, also where the company has none", () => {
    const sites = new Map([[7, only(5, { from: hour(10), to: hour(14) })]]);
    expect(isOutsideHours({ ...calendar, sites }, logon)).toBe(false);
    expect(isOutsideHours({ ...calendar, sites }, { ...logon, siteId: 8 })).toBe(true);
    expect(isOutsideHours({ ...calendar, company: null, sites }, { ...logon, at: at + 3 * 3_600_000 })).toBe(
      true,
    );
  });

  it("lets an exempt account work at any time until the exemption ends", () => {
    const exempt = (accountId: number, endsAt: number | null) =>
      isOutsideHours({ ...calendar, exemptions: [{ accountId, endsAt }] }, logon);
    expect(exempt(1, null)).toBe(false);
    expect(exempt(1, at + 1)).toBe(false);
    expect(exempt(1, at)).toBe(true);
    expect(exempt(2, null)).toBe(true);
  });
});

it("weekdays are those of a calendar", () => {
  for (const [date, weekday] of [
    ["2026-01-05", 0],
    ["1969-12-31", 2],
    ["2024-02-29", 3],
  ] as const) {
    expect(weekdayOf(date)).toBe(weekday);
    expect(weekdayOf(addLocalDays(date, 1))).toBe((weekday + 1) % 7);
  }
});

it("hours read as people say them", () => {
  const words = (shift: Parameters<typeof shiftText>[0]) => inEnglish(shiftText(shift));
  expect(words(null)).toBe("Day off");
  expect(words({ from: hour(22), to: hour(6) })).toBe("22:00 to 06:00 the next day");
  expect(words({ from: hour(14), to: 0 })).toBe("14:00 to 24:00");
  expect(words({ from: 0, to: 0 })).toBe("All day");
  const week = weekTexts(USUAL_HOURS).map(({ days, shift }) => [inEnglish(days), inEnglish(shift)]);
  expect(week).toEqual([
    ["Monday to Friday", "08:00 to 18:00"],
    ["Saturday and Sunday", "Day off"],
  ]);
});

it("a form takes times of day and nothing else", () => {
  const read = (mondayFrom: string) => hoursForm.safeParse({ touched: "mondayFrom", mondayFrom });
  expect(read("08:30").data).toEqual({ siteId: null, mondayFrom: 510 });
  expect(read("").data).toEqual({ siteId: null, mondayFrom: null });
  for (const wrong of ["24:00", "8:30", "noon"]) expect(read(wrong).success).toBe(false);
});
