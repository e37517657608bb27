import { START_KINDS } from "../events/kinds";
import { isOutsideHours } from "./company-calendar";
import type { EventRule } from "./event-rule";
import { isPersons } from "./persons";
import { techniqueOf } from "./technique";

export const outsideHours: EventRule = {
  name: "outside-hours",
  title: { key: "ruleTitles.outsideHours" },
  question: { key: "ruleQuestions.outsideHours" },
  severity: "low",
  technique: techniqueOf("T1078"),
  subject: "account",
  parameters: [],
  requires: ["calendar"],
  needs: ["logon"],
  needsText: { key: "rules.needsLogons" },
  learns: false,
  kinds: START_KINDS,
  groupMinutes: 480,
  take: (_, __, event, { calendar }) => (isPersons(event) && isOutsideHours(calendar, event) ? {} : null),
  sentence: ({ account, computers, count, firstAt, lastAt }) => ({
    key: "ruleSentences.outsideHours",
    values: { account, count, computers, time: { at: firstAt }, last: { at: lastAt } },
  }),
  nextStep: { key: "ruleNextSteps.outsideHours" },
};
