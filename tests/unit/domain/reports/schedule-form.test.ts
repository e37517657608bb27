import { describe, expect, it } from "vitest";
import {
  isAllowedAddress,
  newScheduleForm,
  reportDomainsForm,
  scheduleChangeForm,
} from "@/lib/domain/reports/schedule-form";

const base = { viewId: "4", kind: "daily", time: "02:30", range: "yesterday", format: "csv" };

describe("the form of a schedule", () => {
  it("reads a time, days and recipients", () => {
    const sent = {
      ...base,
      kind: "monthly",
      day: "last",
      memberIds: ["1", "2"],
      addresses: "a@x.org\nA@X.org, b@x.org",
    };
    expect(newScheduleForm.parse(sent)).toEqual({
      viewId: 4,
      kind: "monthly",
      weekday: 1,
      day: 0,
      time: { hour: 2, minute: 30 },
      range: "yesterday",
      format: "csv",
      memberIds: [1, 2],
      addresses: ["a@x.org", "b@x.org"],
    });
    expect(newScheduleForm.parse({ ...base, memberIds: "7" })).toMatchObject({
      memberIds: [7],
      addresses: [],
    });
  });

  it.each([
    ["time", "24:00"],
    ["time", "7:00"],
    ["day", "29"],
    ["weekday", "8"],
    ["range", "next-week"],
    ["format", "docx"],
    ["addresses", "nobody"],
    ["addresses", "Ann <a@x.org>"],
    ["memberIds", "0"],
    ["kind", "hourly"],
  ])("refuses %s %s", (name, value) => {
    const parsed = newScheduleForm.safeParse({ ...base, [name]: value });
    expect(parsed.error?.issues.map(({ path }) => path[0])).toEqual([name]);
  });

  it("changes only what was touched", () => {
    const sent = { scheduleId: "9", ...base, memberIds: ["1"], touched: "time memberIds" };
    expect(scheduleChangeForm.parse(sent)).toEqual({
      scheduleId: 9,
      time: { hour: 2, minute: 30 },
      memberIds: [1],
    });
  });

  it("reads domains with and without their @, and tells which addresses they allow", () => {
    const read = (reportDomains: string) =>
      reportDomainsForm.safeParse({ reportDomains, touched: "reportDomains" });
    expect(read("@B.example\na.example a.example").data).toEqual({
      reportDomains: ["a.example", "b.example"],
    });
    expect(read("").data).toEqual({ reportDomains: [] });
    expect(read("no domain").success).toBe(false);
    expect(isAllowedAddress("x@A.example", ["a.example"])).toBe(true);
    for (const address of ["x@sub.a.example", "x@a.example.org", "a.example@b.example"]) {
      expect(isAllowedAddress(address, ["a.example"])).toBe(false);
    }
  });
});
