import type { Rule } from "./rule";
import { techniqueOf } from "./technique";
import { durationText } from "./words";

export const agentSilenced: Rule = {
  name: "agent-silenced",
  title: { key: "ruleTitles.agentSilenced" },
  question: { key: "ruleQuestions.agentSilenced" },
  severity: "medium",
  technique: techniqueOf("T1562.001"),
  subject: "computer",
  parameters: [
    {
      name: "minutes",
      label: { key: "rules.silentFor" },
      unit: "minutes",
      initial: 120,
      least: 15,
      most: 10_080,
    },
    {
      name: "threshold",
      label: { key: "rules.othersReporting" },
      unit: "number",
      initial: 2,
      least: 1,
      most: 100,
    },
  ],
  needs: [],
  needsText: { key: "rules.needsHealthChecks" },
  sentence: ({ computer, site, firstAt, count, threshold, windowMinutes }) => ({
    key: "ruleSentences.agentSilenced",
    values: {
      computer,
      time: { at: firstAt },
      others: count,
      site,
      threshold,
      window: durationText(windowMinutes * 60_000),
    },
  }),
  nextStep: { key: "ruleNextSteps.agentSilenced" },
};
