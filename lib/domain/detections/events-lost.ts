import type { Rule } from "./rule";
import { techniqueOf } from "./technique";

export const eventsLost: Rule = {
  name: "events-lost",
  title: { key: "ruleTitles.eventsLost" },
  question: { key: "ruleQuestions.eventsLost" },
  severity: "low",
  technique: techniqueOf("T1562"),
  subject: "computer",
  parameters: [
    {
      name: "threshold",
      label: { key: "rules.minEvents" },
      unit: "number",
      initial: 1,
      least: 1,
      most: 100_000,
    },
  ],
  needs: [],
  needsText: { key: "rules.needsHealthChecks" },
  toldBy: { key: "rules.toldOfLosses" },
  sentence: ({ computer, count, threshold }) => ({
    key: "ruleSentences.eventsLost",
    values: { computer, count, threshold },
  }),
  nextStep: { key: "ruleNextSteps.eventsLost" },
};
