import fc from "fast-check";
import { expect, test } from "vitest";
import { newestOnly } from "@/lib/server/newest-only";

/** Questions that are answered by hand, each with its own number, and what was given of that. */
function asking() {
  const answers: (() => void)[] = [];
  const given: number[] = [];
  const ask = newestOnly(
    () => {
      const number = answers.length;
      return new Promise<number>((resolve) => answers.push(() => resolve(number)));
    },
    (number) => given.push(number),
  );
  return { ask, answers, given };
}

test("of two counts at once, the one begun first isn't told after the other", async () => {
  const { ask, answers, given } = asking();
  const both = [ask(), ask()];
  answers[1]!();
  await both[1];
  answers[0]!();
  await both[0];
  expect(given).toEqual([1]);
});

test("in whatever order answers come, only newer ones follow, and the newest is the last", async () => {
  const orders = fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 });
  await fc.assert(
    fc.asyncProperty(orders, async (order) => {
      const { ask, answers, given } = asking();
      const all = order.map(() => ask());
      for (const number of order) {
        answers[number]!();
        await all[number];
      }
      expect(given).toEqual(given.toSorted((a, b) => a - b));
      expect([given[0], given.at(-1)]).toEqual([order[0], 5]);
    }),
  );
});

test("an answer that fails keeps no later one back", async () => {
  let isAway = true;
  const given: string[] = [];
  const ask = newestOnly(
    () => (isAway ? Promise.reject(new Error("away")) : Promise.resolve("here")),
    (answer) => given.push(answer),
  );
  await expect(ask()).rejects.toThrow("away");
  isAway = false;
  await ask();
  expect(given).toEqual(["here"]);
});
