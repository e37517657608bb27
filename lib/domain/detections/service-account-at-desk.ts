import { START_KINDS } from "../events/kinds";
import type { EventRule } from "./event-rule";
import { isAtDesk } from "./logon-types";
import { techniqueOf } from "./technique";

export const serviceAccountAtDesk: EventRule = {
  name: "service-account-at-desk",
  title: { key: "ruleTitles.serviceAccountAtDesk" },
  question: { key: "ruleQuestions.serviceAccountAtDesk" },
  severity: "high",
  technique: techniqueOf("T1078"),
  subject: "account",
  parameters: [],
  requires: ["service-account"],
  needs: ["logon"],
  needsText: { key: "rules.needsLogonType" },
  learns: false,
  kinds: START_KINDS,
  groupMinutes: 1_440,
  take: (_, __, event, { tagged }) =>
    isAtDesk(event) && tagged.serviceAccounts.has(event.accountId) ? {} : null,
  sentence: ({ account, computers, count, firstAt }) => ({
    key: "ruleSentences.serviceAccountAtDesk",
    values: { account, computers, count, time: { at: firstAt } },
  }),
  nextStep: { key: "ruleNextSteps.serviceAccountAtDesk" },
};
