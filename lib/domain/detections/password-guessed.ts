import { START_KINDS } from "../events/kinds";
import type { Compared, Rule } from "./rule";
import { techniqueOf } from "./technique";
import { durationText } from "./words";

export const passwordGuessed: Rule = {
  name: "password-guessed",
  title: { key: "ruleTitles.passwordGuessed" },
  question: { key: "ruleQuestions.passwordGuessed" },
  severity: "high",
  technique: techniqueOf("T1078"),
  subject: "account",
  parameters: [
    {
      name: "minutes",
      label: { key: "rules.logonWithin" },
      unit: "minutes",
      initial: 60,
      least: 1,
      most: 1_440,
    },
  ],
  needs: ["logon_failed", "logon"],
  kinds: new Set(["logon_failed", ...START_KINDS]),
  needsText: { key: "rules.needsBoth" },
  sentence: ({ account, address, hasAddress, computers, count, firstAt, lastAt, compared }) => ({
    key: "ruleSentences.passwordGuessed",
    values: {
      count: count - logonsOf(compared),
      logons: logonsOf(compared),
      account,
      hasAddress,
      address,
      computers,
      time: { at: lastAt },
      duration: durationText(lastAt - firstAt),
    },
  }),
  nextStep: { key: "ruleNextSteps.passwordGuessed" },
};

/** How many logons an alert of the rule has; those of earlier releases have one. */
export function logonsOf({ logons = 1 }: Compared): number {
  return Number(logons);
}
