import type { Rule } from "./rule";
import { techniqueOf } from "./technique";
import { durationText } from "./words";

export const clockMoved: Rule = {
  name: "clock-moved",
  title: { key: "ruleTitles.clockMoved" },
  question: { key: "ruleQuestions.clockMoved" },
  severity: "low",
  technique: techniqueOf("T1562"),
  subject: "computer",
  parameters: [
    { name: "minutes", label: { key: "rules.offBy" }, unit: "minutes", initial: 5, least: 1, most: 1_440 },
  ],
  needs: [],
  needsText: { key: "rules.needsClock" },
  toldBy: { key: "rules.toldOfClocks" },
  sentence: ({ computer, compared: { aheadMs, limit } }) => ({
    key: "ruleSentences.clockMoved",
    values: {
      computer,
      duration: durationText(Math.abs(Number(aheadMs))),
      isAhead: Number(aheadMs) > 0 ? "yes" : "no",
      window: durationText(Number(limit) * 60_000),
    },
  }),
  nextStep: { key: "ruleNextSteps.clockMoved" },
};
