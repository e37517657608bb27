import { expect, it } from "vitest";
import { EvenSample } from "@/lib/domain/import/even-sample";

function sampleOf(count: number, size: number): readonly number[] {
  const sample = new EvenSample<number>(size);
  for (let item = 0; item < count; item += 1) sample.offer(item);
  return sample.items;
}

it("keeps all while they are few", () => {
  expect(sampleOf(7, 4)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(sampleOf(0, 4)).toEqual([]);
});

it.each([8, 9, 100, 1_000, 12_345])("spreads at least its size evenly over %i", (count) => {
  const items = sampleOf(count, 4);
  const step = items[1]!;
  expect(items).toEqual(items.map((_, index) => index * step));
  expect(items.length).toBeGreaterThanOrEqual(4);
  expect(items.length).toBeLessThan(8);
  expect(count - items.at(-1)!).toBeLessThanOrEqual(step);
});
