import { START_KINDS } from "../events/kinds";
import type { EventRule } from "./event-rule";
import { isPersons } from "./persons";
import { isOpenHere, openElsewhere, usualMost } from "./sessions";
import { onComputers } from "./words";

const DAY = 86_400_000;

export const manyComputers: EventRule = {
  name: "many-computers",
  title: "On many computers at once",
  question: "Is an account on more computers at once than it ever is?",
  severity: "medium",
  technique: { id: "T1078", name: "Valid Accounts" },
  subject: "account",
  parameters: [
    {
      name: "threshold",
      label: "More than its 30-day maximum and",
      unit: "sessions",
      initial: 1,
      least: 0,
      most: 50,
    },
    { name: "days", label: "Once the account is known for", unit: "days", initial: 14, least: 1, most: 90 },
  ],
  needs: ["logon", "logoff"],
  needsWords:
    "Turn on auditing of logons and logoffs (Audit Logon and Audit Logoff, success) on the computers.",
  learns: true,
  kinds: START_KINDS,
  groupMinutes: 1_440,
  take(_, { threshold, days }, event, { account: { habits }, offAt }) {
    if (!habits || !isPersons(event) || event.at - habits.first < days! * DAY) return null;
    if (isOpenHere(habits.sessions, event, offAt)) return null;
    const before = openElsewhere(habits.sessions, event, offAt);
    const usual = usualMost(habits.sessions, event.at);
    if (before.length + 1 <= usual + threshold!) return null;
    return { before, compared: { usual }, threshold: usual + threshold! + 1 };
  },
  sentence: ({ account, computers, count, threshold, lastAt, compared: { usual } }, timeWords) =>
    `${account} was logged on${onComputers(computers)} at once by ${timeWords(lastAt)}: ${count} sessions (threshold: ${threshold}). In 30 days there were at most ${usual} at a time.`,
  nextStep:
    "Ask the person whether they are on all of them. If not, sign the account out everywhere, change its password and look at what was done on each.",
};
