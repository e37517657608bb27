import { daysOfUse, knowsAccount } from "./computer-memory";
import type { EventRule } from "./event-rule";
import { isPersons } from "./persons";
import { dayOfWall } from "./wall-times";
import { techniqueOf } from "./technique";

export const newOnPersonalComputer: EventRule = {
  name: "new-on-personal-computer",
  title: { key: "ruleTitles.newOnPersonalComputer" },
  question: { key: "ruleQuestions.newOnPersonalComputer" },
  severity: "medium",
  technique: techniqueOf("T1078"),
  subject: "account",
  parameters: [
    { name: "days", label: { key: "rules.mainUserDays" }, unit: "number", initial: 5, least: 2, most: 30 },
    {
      name: "share",
      label: { key: "rules.mainUserShare" },
      unit: "percent",
      initial: 80,
      least: 51,
      most: 100,
    },
  ],
  needs: ["logon"],
  needsText: { key: "rules.needsLogons" },
  learns: true,
  kinds: new Set(["logon", "remote_connect"]),
  groupMinutes: 1_440,
  take(_, { days, share }, event, { computer, wall }) {
    const day = dayOfWall(wall);
    if (!isPersons(event) || knowsAccount(computer, event.accountId, day)) return null;
    const users = daysOfUse(computer, day);
    if (users.length === 0) return null;
    const owner = users.reduce((most, one) => (one.days > most.days ? one : most));
    const all = users.reduce((sum, one) => sum + one.days, 0);
    if (owner.days < days! || owner.days * 100 < share! * all) return null;
    return { compared: { accountId: owner.accountId, days: owner.days } };
  },
  // What was compared with is of the first computer that was found.
  sentence: ({ account, computers, machines, firstAt, otherAccount, compared }) => ({
    key: "ruleSentences.newOnPersonalComputer",
    values: {
      account,
      computers,
      machines,
      time: { at: firstAt },
      owner: otherAccount,
      days: Number(compared.days),
    },
  }),
  nextStep: { key: "ruleNextSteps.newOnPersonalComputer" },
};
