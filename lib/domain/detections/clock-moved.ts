import type { Rule } from "./rule";
import { durationWords } from "./words";

export const clockMoved: Rule = {
  name: "clock-moved",
  title: "Clock moved",
  question: "Is a computer's clock wrong, so that its events have wrong times?",
  severity: "low",
  technique: { id: "T1562", name: "Impair Defenses" },
  subject: "computer",
  parameters: [
    { name: "minutes", label: "Off by more than", unit: "minutes", initial: 5, least: 1, most: 1_440 },
  ],
  needs: [],
  needsWords:
    "Use an agent that makes health checks. Events alone tell only of a clock that is more than 5 minutes ahead.",
  sentence: ({ computers, compared: { aheadMs, limit } }) =>
    `The clock of ${computers[0] ?? "a deleted computer"} is ${durationWords(Math.abs(Number(aheadMs)))} ${
      Number(aheadMs) > 0 ? "ahead" : "behind"
    } (threshold: ${durationWords(Number(limit) * 60_000)}).`,
  nextStep: "Have the computer take its time from a server. If somebody set the clock, ask why.",
};
