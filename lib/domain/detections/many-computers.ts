import { START_KINDS } from "../events/kinds";
import type { EventRule } from "./event-rule";
import { isPersons } from "./persons";
import { isOpenHere, openElsewhere, usualMost } from "./sessions";
import { techniqueOf } from "./technique";

const DAY = 86_400_000;

export const manyComputers: EventRule = {
  name: "many-computers",
  title: { key: "ruleTitles.manyComputers" },
  question: { key: "ruleQuestions.manyComputers" },
  severity: "medium",
  technique: techniqueOf("T1078"),
  subject: "account",
  parameters: [
    { name: "threshold", label: { key: "rules.abovePeak" }, unit: "number", initial: 1, least: 0, most: 50 },
    { name: "days", label: { key: "rules.knownFor" }, unit: "days", initial: 14, least: 1, most: 90 },
  ],
  needs: ["logon", "logoff"],
  needsText: { key: "rules.needsLogoffs" },
  learns: true,
  kinds: START_KINDS,
  groupMinutes: 1_440,
  take(_, { threshold, days }, event, { account: { habits }, offAt }) {
    if (!habits || !isPersons(event) || event.at - habits.first < days! * DAY) return null;
    if (isOpenHere(habits.sessions, event, offAt)) return null;
    const before = openElsewhere(habits.sessions, event, offAt);
    const usual = usualMost(habits.sessions, event.at);
    const size = before.length + 1;
    if (size <= usual + threshold!) return null;
    return { before, size, compared: { usual }, threshold: usual + threshold! + 1 };
  },
  sentence: ({ account, computers, count, threshold, lastAt, compared: { usual } }) => ({
    key: "ruleSentences.manyComputers",
    values: { account, count, computers, time: { at: lastAt }, threshold, usual: Number(usual) },
  }),
  nextStep: { key: "ruleNextSteps.manyComputers" },
};
