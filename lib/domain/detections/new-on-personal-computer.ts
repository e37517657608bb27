import { daysOfUse, knowsAccount } from "./computer-memory";
import type { EventRule } from "./event-rule";
import { isPersons } from "./persons";
import { dayOfWall } from "./wall-times";
import { counted, onComputers } from "./words";

export const newOnPersonalComputer: EventRule = {
  name: "new-on-personal-computer",
  title: "New account on a personal computer",
  question: "Does somebody log on to a computer that is another person's?",
  severity: "medium",
  technique: { id: "T1078", name: "Valid Accounts" },
  subject: "account",
  parameters: [
    {
      name: "days",
      label: "Personal when one account used it in 30 days on at least",
      unit: "days",
      initial: 5,
      least: 2,
      most: 30,
    },
    {
      name: "share",
      label: "And had of all days of use at least",
      unit: "percent",
      initial: 80,
      least: 51,
      most: 100,
    },
  ],
  needs: ["logon"],
  needsWords: "Turn on auditing of logons (Audit Logon, success) on the computers.",
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
  sentence: ({ account, computers, firstAt, otherAccount, compared }, timeWords) =>
    `${account} logged on${onComputers(computers, "to")} at ${timeWords(firstAt)}, where ${
      otherAccount ?? "another account"
    } is the main user (on ${counted(Number(compared.days), "day")} of the last 30) and ${account} had not been before.`,
  nextStep:
    "Ask both whether they know of it. If the computer has changed hands, close the alert as expected; the rule learns the new user by itself.",
};
