import { isWrongPassword } from "./refusals";
import { minutesParameter, thresholdParameter, type BurstRule } from "./rule";
import { techniqueOf } from "./technique";
import { durationText } from "./words";

export const passwordGuessing: BurstRule = {
  name: "password-guessing",
  title: { key: "ruleTitles.passwordGuessing" },
  question: { key: "ruleQuestions.passwordGuessing" },
  severity: "medium",
  technique: techniqueOf("T1110.001"),
  subject: "account",
  counts: "events",
  parameters: [thresholdParameter({ key: "rules.minFailures" }, 5, 2), minutesParameter(10, 1_440)],
  needs: ["logon_failed"],
  needsText: { key: "rules.needsFailures" },
  selects: isWrongPassword,
  sentence: ({
    count,
    account,
    address,
    hasAddress,
    computers,
    firstAt,
    lastAt,
    threshold,
    windowMinutes,
  }) => ({
    key: "ruleSentences.passwordGuessing",
    values: {
      count,
      account,
      hasAddress,
      address,
      computers,
      duration: durationText(lastAt - firstAt),
      threshold,
      window: durationText(windowMinutes * 60_000),
    },
  }),
  nextStep: { key: "ruleNextSteps.passwordGuessing" },
};
