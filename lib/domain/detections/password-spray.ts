import { MOST_NAMED } from "./burst-memory";
import { isWrongPasswordOrName } from "./refusals";
import { minutesParameter, thresholdParameter, type BurstRule } from "./rule";
import { techniqueOf } from "./technique";
import { durationText } from "./words";

export const passwordSpray: BurstRule = {
  name: "password-spray",
  title: { key: "ruleTitles.passwordSpray" },
  question: { key: "ruleQuestions.passwordSpray" },
  severity: "medium",
  technique: techniqueOf("T1110.003"),
  subject: "address",
  counts: "accounts",
  parameters: [thresholdParameter({ key: "rules.minAccounts" }, 5, 2), minutesParameter(10, 1_440)],
  needs: ["logon_failed"],
  needsText: { key: "rules.needsFailures" },
  selects: (event) => event.address !== null && isWrongPasswordOrName(event),
  sentence: ({ count, accountCount, address, firstAt, lastAt, threshold, windowMinutes }) => ({
    key: "ruleSentences.passwordSpray",
    values: {
      count,
      accounts: accountCount,
      hasMore: accountCount < MOST_NAMED ? "no" : "yes",
      address,
      duration: durationText(lastAt - firstAt),
      threshold,
      window: durationText(windowMinutes * 60_000),
    },
  }),
  nextStep: { key: "ruleNextSteps.passwordSpray" },
};
