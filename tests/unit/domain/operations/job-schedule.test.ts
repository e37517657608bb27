import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jobDueAt, type JobHistory } from "@/lib/domain/operations/job-schedule";
import { ianaZone } from "@/lib/domain/zones";

const LONDON = ianaZone("Europe/London");
const at = (text: string) => Date.parse(text);
const never: JobHistory = {
  lastStartedAt: null,
  lastFinishedAt: null,
  lastSucceededAt: null,
  requestedAt: null,
};
const daily = { kind: "daily", hour: 1 } as const;
const succeeded = (text: string): JobHistory => ({
  ...never,
  lastStartedAt: at(text),
  lastFinishedAt: at(text) + 1000,
  lastSucceededAt: at(text) + 1000,
});

describe("when a job is due", () => {
  it.each([
    ["before the hour, the same day", "2026-06-10T00:30:00+01:00", "2026-06-10T01:00:00+01:00"],
    ["at the hour, the next day", "2026-06-10T01:00:00+01:00", "2026-06-11T01:00:00+01:00"],
    ["after the hour, the next day", "2026-06-10T14:00:00+01:00", "2026-06-11T01:00:00+01:00"],
    ["over the end of a month", "2026-06-30T14:00:00+01:00", "2026-07-01T01:00:00+01:00"],
    ["the day clocks skip the hour, after the gap", "2026-03-28T14:00:00Z", "2026-03-29T02:00:00+01:00"],
    ["once where the hour is repeated", "2026-10-25T00:30:00+01:00", "2026-10-25T01:00:00Z"],
  ])("is daily at its hour: %s", (_, lastStart, due) => {
    expect(jobDueAt(succeeded(lastStart), daily, LONDON, at(lastStart) + 5000)).toBe(at(due));
  });

  it("is at once for a job that never ran, and never for one that is switched off", () => {
    expect(jobDueAt(never, daily, LONDON, 1000)).toBe(1000);
    expect(jobDueAt(never, null, LONDON, 1000)).toBeNull();
    expect(jobDueAt(succeeded("2026-06-10T01:00:00Z"), null, LONDON, at("2026-06-20T01:00:00Z"))).toBeNull();
  });

  it("is when it was asked for, even switched off, until it has been started", () => {
    const asked = { ...succeeded("2026-06-10T01:00:00Z"), requestedAt: at("2026-06-10T09:00:00Z") };
    expect(jobDueAt(asked, null, LONDON, at("2026-06-10T09:00:01Z"))).toBe(asked.requestedAt);
    const begun = { ...asked, lastStartedAt: at("2026-06-10T09:00:05Z") };
    expect(jobDueAt(begun, null, LONDON, at("2026-06-10T09:01:00Z"))).toBeNull();
  });

  it("is an hour after a failure and five minutes after the start of a run that was broken off", () => {
    const failed = {
      ...succeeded("2026-06-09T01:00:00Z"),
      lastStartedAt: at("2026-06-10T01:00:00Z"),
      lastFinishedAt: at("2026-06-10T01:10:00Z"),
    };
    expect(jobDueAt(failed, daily, LONDON, failed.lastFinishedAt)).toBe(at("2026-06-10T02:10:00Z"));
    const brokenOff = { ...succeeded("2026-06-09T01:00:00Z"), lastStartedAt: at("2026-06-10T01:00:00Z") };
    expect(jobDueAt(brokenOff, daily, LONDON, brokenOff.lastStartedAt)).toBe(at("2026-06-10T01:05:00Z"));
  });

  it.each([
    ["a run that succeeded", succeeded("2027-06-10T01:00:00Z"), "2026-06-10T09:00:00Z"],
    [
      "a run that began only",
      { ...never, lastStartedAt: at("2027-06-10T01:00:00Z") },
      "2026-06-10T09:00:00Z",
    ],
    ["a start six minutes ahead", succeeded("2026-06-10T09:06:00Z"), "2026-06-10T09:00:00Z"],
  ])("is at once where a clock that was ahead has noted %s in the future", (_, history, now) => {
    expect(jobDueAt(history, daily, LONDON, at(now))).toBe(at(now));
    expect(jobDueAt(history, { kind: "every", minutes: 5 }, LONDON, at(now))).toBe(at(now));
    expect(jobDueAt(history, null, LONDON, at(now))).toBeNull();
  });

  it("is the next regular time where another server's clock is a little ahead", () => {
    const history = succeeded("2026-06-10T01:04:00Z");
    expect(jobDueAt(history, daily, LONDON, at("2026-06-10T01:00:00Z"))).toBe(at("2026-06-11T00:00:00Z"));
  });

  it.each([
    ["last started in the future", "2027-06-10T01:00:00Z", "2026-06-10T08:59:00Z", "2026-06-10T08:59:00Z"],
    ["asked for in the future", "2026-06-10T01:00:00Z", "2027-06-10T09:00:00Z", "2026-06-10T09:00:00Z"],
    ["both", "2027-06-10T01:00:00Z", "2027-06-10T00:59:00Z", "2026-06-10T09:00:00Z"],
  ])("is now where it is asked for, though a clock that was ahead noted it as %s", (_, start, asked, due) => {
    const history = { ...succeeded(start), requestedAt: at(asked) };
    for (const schedule of [daily, null])
      expect(jobDueAt(history, schedule, LONDON, at("2026-06-10T09:00:00Z"))).toBe(at(due));
  });

  it("comes after the last start and within 25 hours of it, whatever the hour and zone", () => {
    const zones = [
      "Europe/London",
      "America/St_Johns",
      "Australia/Lord_Howe",
      "Asia/Kathmandu",
      "Pacific/Apia",
    ];
    fc.assert(
      fc.property(
        fc.integer({ min: at("2012-01-02T00:00:00Z"), max: at("2035-01-01T00:00:00Z") }),
        fc.integer({ min: 0, max: 23 }),
        fc.constantFrom(...zones),
        (start, hour, zone) => {
          const history = succeeded(new Date(start).toISOString());
          const due = jobDueAt(history, { kind: "daily", hour }, ianaZone(zone), start)!;
          expect(due).toBeGreaterThan(start);
          expect(due - start).toBeLessThanOrEqual(26 * 3_600_000);
        },
      ),
    );
  });
});
