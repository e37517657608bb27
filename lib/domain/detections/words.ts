import type { ListValue, Text, TextKey } from "../text";
import type { ParameterUnit } from "./rule";

const MINUTE = 60_000;
/** Computers that a sentence names. */
const NAMED = 2;

/** "less than a minute", "4 minutes", "3 hours": rounded up to whole minutes or, from two on, whole hours. */
export function durationText(milliseconds: number): Text {
  if (milliseconds < MINUTE) return { key: "units.lessThanMinute" };
  const minutes = Math.ceil(milliseconds / MINUTE);
  return minutes < 120
    ? { key: "units.minutes", values: { count: minutes } }
    : { key: "units.hours", values: { count: Math.ceil(minutes / 60) } };
}

/** A value of a rule with its unit: "5", "10 minutes", "24 hours" for 1,440 minutes. */
export function parameterText(value: number, unit: ParameterUnit): Text {
  if (unit === "minutes" && value % 60 === 0) return { key: "units.hours", values: { count: value / 60 } };
  return { key: UNIT_TEXT[unit], values: { count: value } };
}

const UNIT_TEXT = {
  number: "units.number",
  minutes: "units.minutes",
  days: "units.days",
  percent: "units.percent",
} as const satisfies Record<ParameterUnit, TextKey>;

/** "PC-1", "PC-1 and PC-2", "PC-1, PC-2, and 3 more". */
export function computersText(names: readonly string[]): ListValue {
  if (names.length === 0) return { all: [{ key: "ruleSentences.noComputer" }] };
  const count = names.length - NAMED;
  if (count <= 0) return { all: names };
  return { all: [...names.slice(0, NAMED), { key: "ruleSentences.moreComputers", values: { count } }] };
}
