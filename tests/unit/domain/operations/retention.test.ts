import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { effectiveRetention, retentionCutoff } from "@/lib/domain/operations/retention";
import { ianaZone } from "@/lib/domain/zones";

const at = (text: string) => Date.parse(text);

describe("what retention lets go", () => {
  it.each([
    ["Europe/London", 30, "2026-06-30T14:00:00+01:00", "2026-05-31T00:00:00+01:00"],
    ["Europe/London", 1, "2026-06-30T00:00:00+01:00", "2026-06-29T00:00:00+01:00"],
    ["America/New_York", 7, "2026-06-30T01:00:00Z", "2026-06-22T00:00:00-04:00"],
    ["Asia/Kathmandu", 365, "2026-06-30T12:00:00Z", "2025-06-30T00:00:00+05:45"],
    // Thirty full days reach back to 23:30 of the day before, since a day had 25 hours.
    ["Europe/London", 30, "2026-11-05T00:30:00Z", "2026-10-06T00:00:00+01:00"],
    ["Europe/London", 30, "2026-04-10T00:30:00+01:00", "2026-03-10T23:30:00Z"],
  ])("ends at a local midnight: %s, %i days at %s", (zone, days, now, cutoff) => {
    expect(new Date(retentionCutoff(days, ianaZone(zone), at(now))!).toISOString()).toBe(
      new Date(cutoff).toISOString(),
    );
  });

  it("is nothing without a number of days", () => {
    expect(retentionCutoff(null, ianaZone("UTC"), Date.now())).toBeNull();
  });

  it("never takes anything younger than the days, and lies on a quarter of an hour", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: at("2015-01-01T00:00:00Z"), max: at("2035-01-01T00:00:00Z") }),
        fc.integer({ min: 1, max: 36_500 }),
        fc.constantFrom("Europe/London", "Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns"),
        (now, days, zone) => {
          const cutoff = retentionCutoff(days, ianaZone(zone), now)!;
          expect(cutoff).toBeLessThanOrEqual(now - days * 86_400_000);
          expect(cutoff).toBeGreaterThan(now - (days + 2) * 86_400_000);
          expect(Math.abs(cutoff % (15 * 60_000))).toBe(0);
        },
      ),
    );
  });

  it("is the company's own where it has one, kind by kind", () => {
    const own = { eventRetentionDays: 30, errorRetentionDays: null, auditRetentionDays: null };
    const portal = { eventRetentionDays: 365, errorRetentionDays: 90, auditRetentionDays: null };
    expect(effectiveRetention(own, portal)).toEqual({ ...portal, eventRetentionDays: 30 });
  });
});
