import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { chartText, gridSteps } from "@/lib/domain/mail/bar-chart";
import { inEnglish } from "@/lib/english";
import { barChartPng } from "@/lib/export/bar-chart-png";

const BAR = 2;
const COUNTS = { unit: 1, text: String };
const chartOf = (...values: number[]) => ({
  title: "Failed logons by day",
  bars: values.map((value, at) => ({ label: `05-0${at + 1}`, value })),
  valueText: String,
});

/** The picture's dots, a row each, as indexes into its palette. */
function dotsOf(png: Buffer): Buffer[] {
  expect(png.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const data = png.subarray(at + 8, at + 8 + png.readUInt32BE(at));
    chunks.set(png.subarray(at + 4, at + 8).toString("latin1"), data);
  }
  expect([...chunks.keys()]).toEqual(["IHDR", "PLTE", "IDAT", "IEND"]);
  const header = chunks.get("IHDR")!;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const lines = inflateSync(chunks.get("IDAT")!);
  expect(lines).toHaveLength((width + 1) * height);
  return Array.from({ length: height }, (_, y) => lines.subarray(y * (width + 1) + 1, (y + 1) * (width + 1)));
}

describe("a chart as a picture", () => {
  it("has bars as tall as their values", () => {
    const dots = dotsOf(barChartPng(chartOf(0, 50, 100), COUNTS));
    const heights = new Map<number, number>();
    for (const row of dots) row.forEach((dot, x) => dot === BAR && heights.set(x, (heights.get(x) ?? 0) + 1));
    const tall = [...new Set(heights.values())].toSorted((a, b) => a - b);
    expect(tall).toHaveLength(2);
    expect(tall[1]! / tall[0]!).toBeCloseTo(2, 1);
  });

  it.each([[[]], [[0, 0, 0]], [Array.from({ length: 92 }, (_, at) => at * 1_000)]])(
    "is drawn for %j",
    (values) => {
      expect(dotsOf(barChartPng(chartOf(...values), COUNTS))).toHaveLength(420);
    },
  );

  it.each([
    [0, 1, [0, 1]],
    [1, 1, [0, 1]],
    [7, 1, [0, 2, 4, 6, 8]],
    [100, 1, [0, 50, 100]],
    [1_001, 1, [0, 500, 1_000, 1_500]],
    [7_300, 3_600, [0, 3_600, 7_200, 10_800]],
  ])("up to %i in units of %i has lines at %j", (most, unit, steps) => {
    expect(gridSteps(most, unit)).toEqual(steps);
  });

  it("is told in a sentence to those who do not see it", () => {
    expect(inEnglish(chartText(chartOf(1, 5)))).toBe("Failed logons by day: 6 in total. Highest: 5 (05-02).");
    expect(inEnglish(chartText(chartOf(0)))).toBe("Failed logons by day: none.");
  });
});
