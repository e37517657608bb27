import fc from "fast-check";
import { EVENT_KINDS, KIND_CODE } from "@/lib/domain/events/kinds";
import type { TimeSpentEvent } from "@/lib/domain/time-spent/compute-stretches";
import type { TimeSpentOptions } from "@/lib/domain/time-spent/time-spent-row";
import { ianaZone, startOfLocalDay } from "@/lib/domain/zones";

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** Weeks in which the clocks change or the calendar jumps, and quiet ones. */
const WEEKS = (
  [
    ["Europe/London", "2025-03-27"],
    ["Europe/London", "2025-10-23"],
    ["America/New_York", "2025-10-30"],
    ["Australia/Lord_Howe", "2025-04-03"],
    ["Australia/Lord_Howe", "2025-10-02"],
    ["Asia/Kathmandu", "2025-05-26"],
    ["Pacific/Apia", "2011-12-27"],
    ["America/Sao_Paulo", "2018-11-01"],
    ["America/St_Johns", "2010-11-04"],
    ["UTC", "2025-05-26"],
  ] as const
).map(([name, date]) => ({ timeZone: ianaZone(name), from: startOfLocalDay(date, ianaZone(name)) }));

// Starts and pauses are commoner than the rest, so that days look like days.
const anyKind = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("logon", "unlock", "lock", "logoff") },
  { weight: 1, arbitrary: fc.constantFrom(...EVENT_KINDS) },
);

const anyMoment = fc.oneof(
  fc.integer({ min: -20 * 60, max: 7 * 24 * 60 }).map((minutes) => minutes * MINUTE),
  fc.integer({ min: -20 * HOUR, max: 7 * 24 * HOUR }),
  fc.integer({ min: -20, max: 7 * 24 }).map((hours) => hours * HOUR),
);

/** Up to 80 events of two accounts on two computers around a week; with `distinct`, no two at the same instant. */
export function anyWeek(
  distinct: "distinct" | "any",
): fc.Arbitrary<{ events: TimeSpentEvent[]; options: TimeSpentOptions }> {
  return fc
    .record({
      week: fc.constantFrom(...WEEKS),
      lead: fc.constantFrom(0, 5 * HOUR, 90 * MINUTE),
      days: fc.integer({ min: 1, max: 7 }),
      maxSessionHours: fc.constantFrom(16, 8, 1.5),
      groupBy: fc.constantFrom("user" as const, "user_computer" as const),
      splitAtMidnight: fc.boolean(),
      nowAfter: fc.option(fc.integer({ min: -HOUR, max: 8 * 24 * HOUR }), { nil: undefined }),
      moments: fc.array(
        fc.record({
          accountId: fc.constantFrom(1, 1, 1, 2),
          computerId: fc.constantFrom(11, 11, 12),
          kind: anyKind,
          after: anyMoment,
        }),
        { maxLength: 80, size: "max" },
      ),
    })
    .map(({ week, lead, days, nowAfter, moments, ...rest }) => {
      const from = week.from + lead;
      const now = nowAfter === undefined ? undefined : from + nowAfter;
      const options = { ...rest, timeZone: week.timeZone, from, to: from + days * 24 * HOUR, now };
      const seen = new Set<number>();
      const events = moments
        .map(({ accountId, computerId, kind, after }, order) => {
          return { accountId, computerId, kindCode: KIND_CODE[kind], at: week.from + after, order };
        })
        .filter(({ at }) => distinct === "any" || (!seen.has(at) && seen.add(at)));
      return { events, options };
    });
}
