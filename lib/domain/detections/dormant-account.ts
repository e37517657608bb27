import { START_KINDS } from "../events/kinds";
import type { EventRule } from "./event-rule";
import { techniqueOf } from "./technique";

const DAY = 86_400_000;

export const dormantAccount: EventRule = {
  name: "dormant-account",
  title: { key: "ruleTitles.dormantAccount" },
  question: { key: "ruleQuestions.dormantAccount" },
  severity: "medium",
  technique: techniqueOf("T1078"),
  subject: "account",
  parameters: [
    { name: "days", label: { key: "rules.unusedFor" }, unit: "days", initial: 60, least: 7, most: 1_000 },
  ],
  needs: ["logon"],
  needsText: { key: "rules.needsLogons" },
  learns: false,
  kinds: START_KINDS,
  groupMinutes: 1_440,
  take(_, { days }, event, { account: { last } }) {
    const unusedMs = event.at - last;
    if (last === 0 || unusedMs < days! * DAY) return null;
    return { compared: { days: Math.floor(unusedMs / DAY), limit: days! } };
  },
  sentence: ({ account, computers, firstAt, compared: { days, limit } }) => ({
    key: "ruleSentences.dormantAccount",
    values: { account, computers, time: { at: firstAt }, days: Number(days), limit: Number(limit) },
  }),
  nextStep: { key: "ruleNextSteps.dormantAccount" },
};
