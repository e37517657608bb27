import { countComputers, knowsComputer, MOST_COMPUTERS } from "./account-memory";
import { daysOfUse } from "./computer-memory";
import type { EventRule } from "./event-rule";
import { isPersons } from "./persons";
import { dayOfWall } from "./wall-times";
import { techniqueOf } from "./technique";

const DAY = 86_400_000;

export const firstTimeOnComputer: EventRule = {
  name: "first-time-on-computer",
  title: { key: "ruleTitles.firstTimeOnComputer" },
  question: { key: "ruleQuestions.firstTimeOnComputer" },
  severity: "low",
  technique: techniqueOf("T1078"),
  subject: "account",
  parameters: [
    { name: "days", label: { key: "rules.knownFor" }, unit: "days", initial: 14, least: 1, most: 90 },
    { name: "logons", label: { key: "rules.orLogons" }, unit: "number", initial: 10, least: 1, most: 100 },
    {
      name: "accounts",
      label: { key: "rules.mostAccounts" },
      unit: "number",
      initial: 5,
      least: 1,
      most: 50,
    },
  ],
  needs: ["logon"],
  needsText: { key: "rules.needsLogons" },
  learns: true,
  kinds: new Set(["logon", "remote_connect"]),
  groupMinutes: 1_440,
  take(_, { days, logons, accounts }, event, { account: { habits }, computer, wall }) {
    if (!habits || !isPersons(event) || knowsComputer(habits, event.computerId, wall)) return null;
    const known = countComputers(habits, wall);
    if (known >= MOST_COMPUTERS) return null;
    const knownMs = event.at - habits.first;
    if (knownMs < days! * DAY && habits.logons < logons!) return null;
    const others = daysOfUse(computer, dayOfWall(wall)).length;
    if (others > accounts!) return null;
    return { compared: { days: Math.max(0, Math.floor(knownMs / DAY)), computers: known, others } };
  },
  sentence: ({ account, computers, count, firstAt, compared }) => ({
    key: "ruleSentences.firstTimeOnComputer",
    values: {
      account,
      computers,
      count,
      time: { at: firstAt },
      days: Number(compared.days),
      others: Number(compared.computers),
    },
  }),
  nextStep: { key: "ruleNextSteps.firstTimeOnComputer" },
};
