import { expect, it } from "vitest";
import { keptAccountsOf } from "@/lib/domain/detections/kept-accounts";

it.each([
  ["dormant-account", 60, null, null],
  ["dormant-account", 60, 120, null],
  ["dormant-account", 60, 119, { keptDays: 119, isTooShort: false }],
  ["dormant-account", 60, 61, { keptDays: 61, isTooShort: false }],
  ["dormant-account", 60, 60, { keptDays: 60, isTooShort: true }],
  ["dormant-account", 60, 1, { keptDays: 1, isTooShort: true }],
  ["dormant-account", 7, 14, null],
  ["quiet-site", 60, 30, null],
])("%s that waits %i days, with accounts kept %s days", (rule, days, keptDays, expected) => {
  expect(keptAccountsOf(rule, { days }, keptDays)).toEqual(expected);
});
