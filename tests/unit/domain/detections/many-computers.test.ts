import { describe, expect, it } from "vitest";
import { newBurstMemory, takeFinding } from "@/lib/domain/detections/burst-memory";
import type { SeenEvent } from "@/lib/domain/detections/rule";
import { ask, DAY, HOUR, logon, NOW } from "../../../support/habit-events";
import { stored } from "../../../support/seen-events";

describe("many computers at once", () => {
  const rule = "many-computers";
  const on = (computerId: number, at: number, more: Partial<SeenEvent> = {}) =>
    logon(at, { computerId, ...more });
  const off = (computerId: number, at: number) => on(computerId, at, { kind: "logoff" });
  const workday = (back: number) => [logon(NOW - back * DAY), off(10, NOW - back * DAY + 8 * HOUR)];
  const month = Array.from({ length: 20 }, (_, place) => workday(20 - place)).flat();
  const three = [on(10, NOW), on(11, NOW + HOUR), on(12, NOW + 2 * HOUR)];

  it.each<[string, SeenEvent[], number | null]>([
    ["one more than ever", [...month, ...three.slice(0, 2)], null],
    ["two more than ever", [...month, ...three], 3],
    ["and more", [...month, ...three, on(13, NOW + 3 * HOUR)], 4],
    [
      "with one left by a logoff",
      [...month, ...three.slice(0, 2), off(11, NOW + 1.5 * HOUR), three[2]!],
      null,
    ],
    [
      "with one that was shut down",
      [
        ...month,
        ...three.slice(0, 2),
        on(11, NOW + 1.5 * HOUR, { kind: "shutdown", accountId: 7 }),
        three[2]!,
      ],
      null,
    ],
    [
      "with one begun 16 hours before",
      [...month, on(10, NOW), on(11, NOW + HOUR), on(12, NOW + 16 * HOUR)],
      3,
    ],
    [
      "with one begun earlier than that",
      [...month, on(10, NOW), on(11, NOW + HOUR), on(12, NOW + 16 * HOUR + 1)],
      null,
    ],
    ["again on the same computer", [...month, ...three.slice(0, 2), on(11, NOW + 2 * HOUR)], null],
    [
      "as was the case 30 days ago",
      [
        ...three.map((one) => ({ ...one, at: one.at - 30 * DAY + 2 * HOUR })),
        ...month,
        ...three,
        on(13, NOW + 3 * HOUR),
      ],
      null,
    ],
    [
      "as was the case before that",
      [...three.map((one) => ({ ...one, at: one.at - 31 * DAY })), ...month, ...three],
      3,
    ],
    ["of an account known for less than 14 days", [...month.slice(14), ...three], null],
  ])("%s", (_, events, count) => {
    const alerts = ask(rule, events);
    expect(alerts.map((alert) => alert.count)).toEqual(count === null ? [] : [count]);
    if (count === null) return;
    const ids = events.flatMap(({ at, kind }, place) => (at >= NOW && kind === "logon" ? [place + 2] : []));
    expect(alerts[0]).toMatchObject({ firstAt: NOW, threshold: 3, eventIds: ids, compared: { usual: 1 } });
  });

  it("counts the most at once, and keeps what began each session, however often some end and others begin", () => {
    const later = [
      ...[10, 11].map((computerId) => off(computerId, NOW + 3 * HOUR)),
      on(13, NOW + 4 * HOUR),
      on(11, NOW + 5 * HOUR),
      off(11, NOW + 6 * HOUR),
      on(11, NOW + 7 * HOUR),
    ];
    const ids = [NOW, NOW + HOUR, NOW + 2 * HOUR, NOW + 4 * HOUR, NOW + 5 * HOUR, NOW + 7 * HOUR];
    const events = [...month, ...three, ...later];
    const [alert, ...others] = ask(rule, events);
    expect(others).toEqual([]);
    expect(alert).toMatchObject({ count: 3, lastAt: NOW + 7 * HOUR, computerIds: [10, 11, 12, 13] });
    const begun = events.flatMap(({ at, kind }, place) =>
      ids.includes(at) && kind === "logon" ? [place + 2] : [],
    );
    expect([...alert!.eventIds].toSorted((a, b) => a - b)).toEqual(begun);
  });

  it("is found across midnight, though the day before ended with two", () => {
    const late = NOW + 14 * HOUR;
    expect(
      ask(rule, [...month, on(10, late), on(11, late + 0.9 * HOUR), on(12, late + 1.2 * HOUR)]),
    ).toMatchObject([{ count: 3, threshold: 3 }]);
  });

  it("is usual from the next day on", () => {
    const next = three.map((one) => ({ ...one, at: one.at + DAY }));
    const ends = [10, 11, 12].map((computerId) => off(computerId, NOW + 3 * HOUR));
    expect(ask(rule, [...month, ...three, ...ends, ...next, on(13, NOW + DAY + 3 * HOUR)])).toHaveLength(1);
  });

  it("takes a logoff that arrives before its logon for what it is", () => {
    const closed = [
      ...month,
      on(10, NOW),
      off(11, NOW + 1.5 * HOUR),
      on(11, NOW + HOUR),
      on(12, NOW + 2 * HOUR),
    ];
    expect(ask(rule, closed)).toEqual([]);
  });
});

it("alerts that a late event connects have the most at once of both", () => {
  const memory = newBurstMemory();
  const events = stored([0, 48, 24].map((hours) => logon(NOW + hours * HOUR)));
  const counts = events.map(
    (event, n) => takeFinding(memory, 1_440, event, { size: [3, 5, 4][n] }).run.count,
  );
  expect(counts).toEqual([3, 5, 5]);
  expect(memory.runs).toHaveLength(1);
  expect(memory.runs[0]!.eventIds.toSorted((a, b) => a - b)).toEqual(events.map(({ id }) => id));
});
