import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { instantOf, rowIdOf } from "@/lib/server/search-params";

it("reads an id from a segment, and no row's from anything else", () => {
  expect(["1", "42", "999999999", "2147483647"].map(rowIdOf)).toEqual([1, 42, 999_999_999, 2_147_483_647]);
  for (const segment of [
    "0",
    "-1",
    "1.5",
    "1e3",
    "0x10",
    "01",
    " 1",
    "2147483648",
    "99999999999",
    "Infinity",
    "NaN",
    "",
    "١",
  ]) {
    expect([segment, rowIdOf(segment)]).toEqual([segment, 0]);
  }
});

it("reads an instant before the year 9999, and none from anything else", () => {
  const latest = Date.UTC(9999, 0, 1) - 1;
  expect(["0", "1767225600123", String(latest)].map(instantOf)).toEqual([0, 1_767_225_600_123, latest]);
  for (const given of [
    String(latest + 1),
    "999999999999999",
    "1e3",
    "-1",
    "1.5",
    "",
    undefined,
    null,
    ["1"],
  ]) {
    expect([given, instantOf(given)]).toEqual([given, null]);
  }
});

const READS_A_NUMBER = /\b(?:Number|BigInt|parseInt|parseFloat)\(|\bNumber\.parse|\bcoerce\b/;

it("no page or route reads a number of its address by itself", () => {
  const files = readdirSync("app", { recursive: true, encoding: "utf8" }).filter((file) =>
    /\.tsx?$/.test(file),
  );
  expect(files.length).toBeGreaterThan(100);
  const wrong = files.filter((file) => READS_A_NUMBER.test(readFileSync(`app/${file}`, "utf8")));
  expect(wrong).toEqual([]);
  for (const text of [
    "Number(userId) || 0",
    "Number.parseInt(id, 10)",
    "parseInt(id)",
    "z.coerce.number()",
  ]) {
    expect(text).toMatch(READS_A_NUMBER);
  }
});
