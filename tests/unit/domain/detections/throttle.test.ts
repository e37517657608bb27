import { expect, it } from "vitest";
import { askRules } from "@/lib/domain/detections/engine";
import type { Asked } from "@/lib/domain/detections/memories";
import type { SeenEvent } from "@/lib/domain/detections/rule";
import { settingsOf } from "@/lib/domain/detections/rules";
import { ianaZone } from "@/lib/domain/zones";
import { CONTEXT, failure, logon, MINUTE, START, stored } from "../../../support/seen-events";

const asked = (zone = "UTC"): Asked => ({
  settings: settingsOf([]),
  exceptions: [],
  context: { ...CONTEXT, zone: ianaZone(zone) },
});

/** Refusals of so many disabled accounts, each an alert, seconds apart from the minute on. */
function refusals(count: number, minute = -600, first = 1): SeenEvent[] {
  return Array.from({ length: count }, (_, number) =>
    failure(minute + number / 60, {
      accountId: first + number,
      address: `10.0.${number}.1`,
      codes: ["c0000072"],
    }),
  );
}

const told = (events: readonly SeenEvent[], zone?: string) => {
  const { alerts, heldBack, absorbed } = askRules(stored(events), new Map(), asked(zone));
  const own = [...alerts.values()].filter(({ rule }) => rule === "unusable-account");
  return {
    accounts: own.map(({ accountId }) => accountId),
    heldBack: [...heldBack],
    own,
    absorbed: [...absorbed],
  };
};

it.each([
  [49, 49, []],
  [50, 50, []],
  [51, 50, [["unusable-account 2026-03-10", 1]]],
  [80, 50, [["unusable-account 2026-03-10", 30]]],
])("of %i alerts on a day %i are opened", (count, opened, heldBack) => {
  const found = told(refusals(count));
  expect(found.accounts).toHaveLength(opened);
  expect(found.heldBack).toEqual(heldBack);
});

it("the day is the company's own, by when things happened", () => {
  const late = { receivedAt: START + 7 * 24 * 60 * MINUTE };
  const events = [...refusals(60, 10), ...refusals(60, -20, 100)].map((one) => ({ ...one, ...late }));
  expect(told(events).accounts).toHaveLength(100);
  expect(told(events, "Europe/Berlin").accounts).toHaveLength(50);
});

it("an alert that is open goes on growing, and one that is kept back is counted once", () => {
  const again = (accountId: number) => failure(-590, { accountId, address: null, codes: ["c0000072"] });
  const found = told([...refusals(52), again(1), again(51), again(51)]);
  expect(found.own.find(({ accountId }) => accountId === 1)).toMatchObject({ count: 2 });
  expect(found.accounts).not.toContain(51);
  expect(found.heldBack).toEqual([["unusable-account 2026-03-10", 2]]);
});

it("one that is kept back and takes in an open one is that one from then on", () => {
  // The alert of the second day is open; the one of the first day, which was full, turns out to be the same.
  const early = failure(-20, { accountId: 1_000, address: null, codes: ["c0000072"] });
  const next = failure(55, { accountId: 1_000, address: null, codes: ["c0000072"] });
  const between = failure(20, { accountId: 1_000, address: null, codes: ["c0000072"] });
  const found = told([...refusals(50), early, next, between]);
  const own = found.own.filter(({ accountId }) => accountId === 1_000);
  expect(own).toMatchObject([{ key: 52, count: 3, firstAt: early.at }]);
  expect(found.absorbed).toEqual([]);
});

it("each rule has a count of its own, and what one keeps back casts suspicion all the same", () => {
  const guesses = Array.from({ length: 51 }, (_, account) =>
    Array.from({ length: 5 }, (__, number) =>
      failure(-300 + account + number / 10, { accountId: account + 1, address: null }),
    ),
  ).flat();
  const { alerts, heldBack } = askRules(
    stored([...guesses, logon(-240, { accountId: 51 })]),
    new Map(),
    asked(),
  );
  const rules = [...alerts.values()].map(({ rule }) => rule);
  expect(rules.filter((rule) => rule === "password-guessing")).toHaveLength(50);
  expect(rules.filter((rule) => rule === "password-guessed")).toHaveLength(1);
  expect([...heldBack]).toEqual([["password-guessing 2026-03-10", 1]]);
});
