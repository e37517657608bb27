import { expect, it } from "vitest";
import { sourceFiles } from "../../support/source-files";

/** Buttons that do one thing at a press, each with its properties. */
const BUTTONS = /<ActionButton\b(?:=>|[^>])*/g;
const TAKES_AWAY = /\b(?:remov|delet|disabl|eras)\w*(?:\.action|Action)\b|\bisActive: ("false"|String\(!)/;

function unasked(source: string): string[] {
  return (source.match(BUTTONS) ?? []).filter((button) => TAKES_AWAY.test(button));
}

it("asks before it takes something away, and says what will happen: no press of a single button does", () => {
  const sources = [...sourceFiles(["app", "components"])];
  expect(sources.some(([, source]) => source.includes("<ActionButton"))).toBe(true);
  expect(sources.flatMap(([path, source]) => unasked(source).map(() => path))).toEqual([]);
});

it.each([
  ["<ActionButton action={actions.disableKeyAction} hidden={{ keyId }}>", 1],
  ["<ActionButton action={isActive ? actions.disableKeyAction : actions.enableKeyAction}>", 1],
  ["<ActionButton onDone={() => close()} action={removal.action}>", 1],
  ["<ActionButton action={removeAction} hidden={{ domainId: id }}>", 1],
  ['<ActionButton {...common} hidden={{ userIds, isActive: "false" }}>', 1],
  ["<ActionButton hidden={{ isActive: String(!user.isActive) }}>", 1],
  ['<ActionButton {...common} hidden={{ userIds, isActive: "true" }}>', 0],
  ["<ActionButton action={actions.enableKeyAction}>", 0],
  ["<DialogButton action={actions.disableKeyAction} hidden={{ keyId }} />", 0],
])("%s takes away %i", (source, count) => {
  expect(unasked(source)).toHaveLength(count);
});
