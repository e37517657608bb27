import { START_KINDS } from "../events/kinds";
import type { EventRule } from "./event-rule";
import { isPersons } from "./persons";
import { techniqueOf } from "./technique";

export const administratorElsewhere: EventRule = {
  name: "administrator-elsewhere",
  title: { key: "ruleTitles.administratorElsewhere" },
  question: { key: "ruleQuestions.administratorElsewhere" },
  severity: "medium",
  technique: techniqueOf("T1078"),
  subject: "account",
  parameters: [],
  requires: ["administrator", "administrators-computer"],
  needs: ["logon"],
  needsText: { key: "rules.needsLogons" },
  learns: false,
  kinds: START_KINDS,
  groupMinutes: 1_440,
  take: (_, __, event, { tagged }) =>
    isPersons(event) &&
    tagged.administrators.has(event.accountId) &&
    !tagged.administratorsComputers.has(event.computerId)
      ? {}
      : null,
  sentence: ({ account, computers, machines, count, firstAt }) => ({
    key: "ruleSentences.administratorElsewhere",
    values: { account, count, computers, time: { at: firstAt }, machines },
  }),
  nextStep: { key: "ruleNextSteps.administratorElsewhere" },
};
