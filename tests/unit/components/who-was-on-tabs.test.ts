import { describe, expect, it } from "vitest";
import { tabQuery, WHO_WAS_ON_TABS, type WhoWasOnTab } from "@/components/who-was-on/tab-query";
import { concurrentSessionsQuery } from "@/lib/domain/reports/concurrent-sessions";
import { rollCallQuery } from "@/lib/domain/reports/roll-call";
import { whoWasOnQuery } from "@/lib/domain/reports/who-was-on";

const AT = "at=2026-03-02T11%3A45Z";
const HELD = "only=5&site=3&account=7&computer=9&q=anna&tz=Europe%2FLondon";

it.each<[string, string, WhoWasOnTab, string]>([
  ["a moment's subject and time", `account=7&${AT}`, "roll-call", `account=7&${AT}`],
  ["a moment's subject, as the other list is of a range", `computer=9&${AT}`, "concurrent", "computer=9"],
  ["a roll call's time and subject", `only=5&account=7&${AT}&state=active`, "moment", `account=7&${AT}`],
  ["what holds a roll call", `${HELD}&${AT}&state=locked&sort=since&page=3`, "concurrent", HELD],
  ["what holds the other list", `${HELD}&range=30d&count=any&sort=-from&page=2`, "roll-call", HELD],
  ["nothing", "", "roll-call", ""],
])("keeps %s", (_, query, to, kept) => {
  expect(tabQuery(query, to)).toBe(kept);
});

const SHAPES: Record<WhoWasOnTab, readonly string[]> = {
  moment: Object.keys(whoWasOnQuery.shape),
  "roll-call": Object.keys(rollCallQuery.shape),
  concurrent: Object.keys(concurrentSessionsQuery.shape),
};
/** `only` is the page's own; the order is of other columns, and two of the questions have no range. */
const LISTS = ["roll-call", "concurrent"] as const;
const LEFT = ["sort", "range", "from", "to"];

describe.each(WHO_WAS_ON_TABS)("a step to %s", (to) => {
  it("takes along nothing that the page would leave out", () => {
    const names = [...new Set(Object.values(SHAPES).flat())];
    const query = new URLSearchParams(names.map((name) => [name, "x"])).toString();
    const kept = [...new URLSearchParams(tabQuery(query, to)).keys()];
    expect(kept.filter((name) => !SHAPES[to].includes(name))).toEqual([]);
    expect(kept).toContain("account");
  });
});

it("takes along every filter that both lists have", () => {
  const [ofRollCall, ofConcurrent] = LISTS.map((list) => SHAPES[list]);
  const shared = ofRollCall!.filter((name) => ofConcurrent!.includes(name) && !LEFT.includes(name));
  expect(shared.length).toBeGreaterThan(3);
  for (const to of LISTS) for (const name of shared) expect(tabQuery(`${name}=1`, to)).toBe(`${name}=1`);
});
