import { expect, it } from "vitest";
import { askRules } from "@/lib/domain/detections/engine";
import type { Asked, Memories } from "@/lib/domain/detections/memories";
import type { SeenEvent } from "@/lib/domain/detections/rule";
import { settingsOf } from "@/lib/domain/detections/rules";
import { CONTEXT, failure, logon, stored } from "../../../support/seen-events";

const asked: Asked = { settings: settingsOf([]), exceptions: [], context: CONTEXT };
const NOBODY = ["c0000064", "c000006d"];

/** The first five are there, and all others are made-up names. */
const tries = (count: number): SeenEvent[] =>
  Array.from({ length: count }, (_, number) =>
    failure(number / 100, { accountId: number + 1, ...(number >= 5 && { codes: NOBODY }) }),
  );

function ask(events: readonly SeenEvent[]) {
  const memories: Memories = new Map();
  const { alerts } = askRules(stored(events), memories, asked);
  const remembered = [...memories.keys()].filter((key) => key.startsWith("password-guessed "));
  return { alerts: [...alerts.values()], remembered };
}

const guessed = (events: readonly SeenEvent[]) =>
  ask(events)
    .alerts.filter(({ rule }) => rule === "password-guessed")
    .map(({ accountId }) => accountId);

it("a spray over invented names makes no memory of each of them", () => {
  const { alerts, remembered } = ask(tries(2_000));
  expect(alerts).toMatchObject([{ rule: "password-spray", count: 2_000 }]);
  expect(remembered).toEqual([1, 2, 3, 4, 5].map((id) => `password-guessed account:${id}`));
});

it("the accounts that are there are suspected among invented names, also if these alone open the spray", () => {
  expect(guessed([...tries(50), logon(10, { accountId: 3 })])).toEqual([3]);
  const invented = tries(10).slice(5);
  const real = failure(1, { accountId: 40 });
  expect(guessed([...invented, real, logon(2, { accountId: 40 })])).toEqual([40]);
  expect(guessed([...invented, logon(2, { accountId: 7 })])).toEqual([]);
});

it("a name that only some computers know is suspected for what the others refused", () => {
  const elsewhere = failure(0.5, { accountId: 7 });
  expect(guessed([...tries(10), elsewhere, logon(2, { accountId: 7 })])).toEqual([7]);
});
