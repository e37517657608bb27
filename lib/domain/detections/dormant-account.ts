import { START_KINDS } from "../events/kinds";
import type { EventRule } from "./event-rule";
import { counted, onComputers } from "./words";

const DAY = 86_400_000;

export const dormantAccount: EventRule = {
  name: "dormant-account",
  title: "Dormant account wakes",
  question: "Does an account log on that nobody has used for a long time?",
  severity: "medium",
  technique: { id: "T1078", name: "Valid Accounts" },
  subject: "account",
  parameters: [{ name: "days", label: "Unused for", unit: "days", initial: 60, least: 7, most: 1_000 }],
  needs: ["logon"],
  needsWords: "Turn on auditing of logons (Audit Logon, success) on the computers.",
  learns: false,
  kinds: START_KINDS,
  groupMinutes: 1_440,
  take(_, { days }, event, { account: { last } }) {
    const unusedMs = event.at - last;
    if (last === 0 || unusedMs < days! * DAY) return null;
    return { compared: { days: Math.floor(unusedMs / DAY), limit: days! } };
  },
  sentence: ({ account, computers, firstAt, compared: { days, limit } }, timeWords) =>
    `${account} logged on${onComputers(computers, "to")} at ${timeWords(firstAt)}, for the first time in ${counted(
      Number(days),
      "day",
    )} (threshold: ${counted(Number(limit), "day")}).`,
  nextStep:
    "Ask the person whether they are back. If nobody needs the account, disable it; if it was somebody else, change its password and look at what it did.",
};
