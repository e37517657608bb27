import { minutesParameter, thresholdParameter, type BurstRule } from "./rule";
import { techniqueOf } from "./technique";
import { durationText } from "./words";

export const lockoutsInARow: BurstRule = {
  name: "lockouts-in-a-row",
  title: { key: "ruleTitles.lockoutsInARow" },
  question: { key: "ruleQuestions.lockoutsInARow" },
  severity: "medium",
  technique: techniqueOf("T1110"),
  subject: "account",
  counts: "events",
  parameters: [thresholdParameter({ key: "rules.minLockouts" }, 3, 2), minutesParameter(1_440, 1_440)],
  needs: ["lockout"],
  needsText: { key: "rules.needsLockouts" },
  selects: ({ kind }) => kind === "lockout",
  sentence: ({ count, account, computers, firstAt, lastAt, threshold, windowMinutes }) => ({
    key: "ruleSentences.lockoutsInARow",
    values: {
      account,
      count,
      computers,
      duration: durationText(lastAt - firstAt),
      threshold,
      window: durationText(windowMinutes * 60_000),
    },
  }),
  nextStep: { key: "ruleNextSteps.lockoutsInARow" },
};
