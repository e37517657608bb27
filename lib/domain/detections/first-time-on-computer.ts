import { knowsComputer } from "./account-memory";
import { daysOfUse } from "./computer-memory";
import type { EventRule } from "./event-rule";
import { isPersons } from "./persons";
import { dayOfWall } from "./wall-times";
import { counted, onComputers } from "./words";

const DAY = 86_400_000;

export const firstTimeOnComputer: EventRule = {
  name: "first-time-on-computer",
  title: "First time on this computer",
  question: "Does a person log on to a computer that they have not used before?",
  severity: "low",
  technique: { id: "T1078", name: "Valid Accounts" },
  subject: "account",
  parameters: [
    { name: "days", label: "Once the account is known for", unit: "days", initial: 14, least: 1, most: 90 },
    { name: "logons", label: "Or has had", unit: "logons", initial: 10, least: 1, most: 100 },
    {
      name: "accounts",
      label: "Not on computers used in 30 days by more than",
      unit: "accounts",
      initial: 5,
      least: 1,
      most: 50,
    },
  ],
  needs: ["logon"],
  needsWords: "Turn on auditing of logons (Audit Logon, success) on the computers.",
  learns: true,
  kinds: new Set(["logon", "remote_connect"]),
  groupMinutes: 1_440,
  take(_, { days, logons, accounts }, event, { account: { habits }, computer, wall }) {
    if (!habits || !isPersons(event) || knowsComputer(habits, event.computerId, wall)) return null;
    const knownMs = event.at - habits.first;
    if (knownMs < days! * DAY && habits.logons < logons!) return null;
    const others = daysOfUse(computer, dayOfWall(wall)).length;
    if (others > accounts!) return null;
    const known = Object.keys(habits.computers).length;
    return { compared: { days: Math.max(0, Math.floor(knownMs / DAY)), computers: known, others } };
  },
  sentence: ({ account, computers, count, firstAt, compared }, timeWords) =>
    `${account} logged on${onComputers(computers, "to")} at ${timeWords(firstAt)}, for the first time${
      count > 1 ? ` on each (${counted(count, "computer")})` : ""
    }. The account is known for ${counted(Number(compared.days), "day")} and had used ${counted(
      Number(compared.computers),
      "other computer",
    )} in the last 90 days.`,
  nextStep:
    "Ask the person whether they logged on there. A new or shared computer is an exception worth adding; if it was somebody else, sign the account out and change its password.",
};
