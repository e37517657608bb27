import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planGroup, type GroupRules, type Waiting } from "@/lib/domain/notifications/grouping";
import { heldBackUntil, type UnsentMessage } from "@/lib/domain/notifications/held-back";
import { quietUntil } from "@/lib/domain/notifications/quiet-hours";
import { ianaZone } from "@/lib/domain/zones";

const LONDON = ianaZone("Europe/London");
const at = (text: string) => Date.parse(text);
const SECOND = 1_000;
const NOON = at("2026-01-05T12:00:00Z");

const rules = (change: Partial<GroupRules> = {}): GroupRules => ({
  waitSeconds: 30,
  intervalSeconds: 300,
  quiet: null,
  zone: LONDON,
  pausedUntil: null,
  ...change,
});
const waiting = (change: Partial<Waiting>): Waiting => ({
  oldestCriticalAt: null,
  oldestOtherAt: null,
  lastMessageAt: null,
  ...change,
});

describe("quiet hours", () => {
  const night = { fromMinute: 22 * 60, toMinute: 7 * 60 };
  const lunch = { fromMinute: 12 * 60, toMinute: 13 * 60 + 30 };

  it.each([
    ["2026-01-05T21:59:59Z", night, null],
    ["2026-01-05T22:00:00Z", night, "2026-01-06T07:00:00Z"],
    ["2026-01-06T06:59:59Z", night, "2026-01-06T07:00:00Z"],
    ["2026-01-06T07:00:00Z", night, null],
    ["2026-01-06T12:10:00Z", lunch, "2026-01-06T13:30:00Z"],
    // Summer time: the wall is an hour ahead of UTC.
    ["2026-07-01T20:59:59Z", night, null],
    ["2026-07-01T21:00:00Z", night, "2026-07-02T06:00:00Z"],
    // The night in which clocks go forward has an hour less, the one in which they go back an hour more.
    ["2026-03-28T22:00:00Z", night, "2026-03-29T06:00:00Z"],
    ["2026-10-24T21:00:00Z", night, "2026-10-25T07:00:00Z"],
  ])("at %s with %j end at %s", (now, quiet, expected) => {
    expect(quietUntil(at(now), quiet, LONDON)).toBe(expected === null ? null : at(expected));
  });

  it("hold whenever the wall shows a quiet time, in every zone and across clock changes", () => {
    const zones = ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"].map(
      ianaZone,
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: at("2025-01-01T00:00:00Z"), max: at("2027-01-01T00:00:00Z") }),
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: 1, max: 1439 }),
        (zone, now, fromMinute, length) => {
          const quiet = { fromMinute, toMinute: (fromMinute + length) % 1440 };
          const until = quietUntil(now, quiet, zone);
          const clock = new Intl.DateTimeFormat("en-GB", {
            timeZone: zone,
            hour: "2-digit",
            minute: "2-digit",
          });
          const [hour, minute] = clock.format(now).split(":").map(Number) as [number, number];
          const sinceStart = (hour * 60 + minute - fromMinute + 1440) % 1440;
          const isQuietOnTheWall = sinceStart < length;
          const isSoonOver = until === null || (until > now && until - now <= 26 * 3_600_000);
          expect(isSoonOver && (!isQuietOnTheWall || until !== null)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("grouping", () => {
  it("waits for nothing when nothing waits", () => {
    expect(planGroup(waiting({ lastMessageAt: NOON }), rules(), NOON)).toBeNull();
  });

  it("sends the first message 30 s after the first notification and further ones five minutes apart", () => {
    const first = planGroup(waiting({ oldestOtherAt: NOON }), rules(), NOON);
    expect(first).toEqual({ at: NOON + 30 * SECOND, takes: "all" });
    const further = planGroup(
      waiting({ oldestOtherAt: NOON + 60 * SECOND, lastMessageAt: NOON + 30 * SECOND }),
      rules(),
      NOON + 61 * SECOND,
    );
    expect(further).toEqual({ at: NOON + 330 * SECOND, takes: "all" });
    const late = planGroup(
      waiting({ oldestOtherAt: NOON, lastMessageAt: NOON - 3_600 * SECOND }),
      rules(),
      NOON,
    );
    expect(late).toEqual({ at: NOON + 30 * SECOND, takes: "all" });
  });

  it("puts off all but the critical in quiet hours", () => {
    const quiet = { fromMinute: 11 * 60, toMinute: 15 * 60 };
    const end = at("2026-01-05T15:00:00Z");
    expect(planGroup(waiting({ oldestOtherAt: NOON }), rules({ quiet }), NOON)).toEqual({
      at: end,
      takes: "all",
    });
    expect(
      planGroup(waiting({ oldestOtherAt: NOON, oldestCriticalAt: NOON + SECOND }), rules({ quiet }), NOON),
    ).toEqual({ at: NOON + 31 * SECOND, takes: "critical" });
    // What was due before the quiet hours but could not be sent waits for their end too.
    expect(planGroup(waiting({ oldestOtherAt: NOON - 7_200_000 }), rules({ quiet }), NOON)).toEqual({
      at: end,
      takes: "all",
    });
  });

  it("is not delayed by what a clock that was ahead has noted", () => {
    const ahead = NOON + 86_400_000;
    const told = waiting({ oldestOtherAt: NOON - SECOND, lastMessageAt: ahead });
    expect(planGroup(told, rules(), NOON)).toEqual({ at: NOON + 29 * SECOND, takes: "all" });
    const written = waiting({ oldestCriticalAt: ahead, lastMessageAt: NOON - 60 * SECOND });
    expect(planGroup(written, rules(), NOON)).toEqual({ at: NOON + 240 * SECOND, takes: "all" });
    expect(planGroup(waiting({ oldestOtherAt: ahead }), rules(), NOON)).toEqual({ at: NOON, takes: "all" });
  });

  it("allows for clocks of two servers that differ a little", () => {
    const told = waiting({ oldestOtherAt: NOON, lastMessageAt: NOON + 60 * SECOND });
    expect(planGroup(told, rules(), NOON)).toEqual({ at: NOON + 360 * SECOND, takes: "all" });
  });

  it("keeps everything back while the channel is paused", () => {
    const pausedUntil = NOON + 3_600_000;
    const both = waiting({ oldestOtherAt: NOON, oldestCriticalAt: NOON });
    expect(planGroup(both, rules({ pausedUntil }), NOON)).toEqual({ at: pausedUntil, takes: "all" });
  });

  it("never sends sooner than either rule allows, and never anything but critical in quiet hours", () => {
    const time = fc.integer({ min: NOON - 86_400_000, max: NOON });
    fc.assert(
      fc.property(
        fc.option(time),
        fc.option(time),
        fc.option(time),
        fc.option(fc.record({ fromMinute: fc.constant(600), toMinute: fc.integer({ min: 601, max: 1439 }) })),
        (oldestCriticalAt, oldestOtherAt, lastMessageAt, quiet) => {
          const plan = planGroup({ oldestCriticalAt, oldestOtherAt, lastMessageAt }, rules({ quiet }), NOON);
          const oldest = Math.min(oldestCriticalAt ?? Infinity, oldestOtherAt ?? Infinity);
          if (plan === null) return oldest === Infinity;
          const isLateEnough =
            plan.at >= oldest + 30 * SECOND && plan.at >= (lastMessageAt ?? -Infinity) + 300 * SECOND;
          const isQuiet = quietUntil(Math.max(plan.at, NOON), quiet, LONDON) !== null;
          expect(isLateEnough && (plan.takes === "all" ? !isQuiet : oldestCriticalAt !== null)).toBe(true);
          return true;
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("a message that is made", () => {
  const night = { fromMinute: 22 * 60, toMinute: 7 * 60 };
  const late = "2026-01-05T23:00:00Z";
  const morning = "2026-01-06T07:00:00Z";
  const news = { reason: "news", severity: "warning", isReplayed: false } as const;

  it.each<[string, Partial<UnsentMessage>, string, string | null, string | null]>([
    ["news outside quiet hours", {}, "2026-01-05T12:00:00Z", null, null],
    ["news in quiet hours", {}, late, null, morning],
    ["critical news in quiet hours", { severity: "critical" }, late, null, null],
    ["a reminder of something critical", { severity: "critical", reason: "reminder" }, late, null, morning],
    ["a replay in quiet hours", { isReplayed: true }, late, null, null],
    ["a test in quiet hours and a pause", { reason: "test" }, late, morning, null],
    ["a replay in a pause", { isReplayed: true }, late, morning, morning],
    ["critical news in a pause", { severity: "critical" }, late, morning, morning],
    ["news in a pause that ends in quiet hours", {}, late, "2026-01-06T03:00:00Z", morning],
    ["news after a pause", {}, "2026-01-05T12:00:00Z", "2026-01-05T11:00:00Z", null],
  ])("%s is held back until then", (_, message, now, pausedUntil, expected) => {
    const held = heldBackUntil(
      { ...news, ...message },
      rules({ quiet: night, pausedUntil: pausedUntil === null ? null : at(pausedUntil) }),
      at(now),
    );
    expect(held).toBe(expected === null ? null : at(expected));
  });
});
