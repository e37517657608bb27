import { START_KINDS } from "../events/kinds";
import { isOutsideHours } from "./company-calendar";
import type { EventRule } from "./event-rule";
import { isPersons } from "./persons";
import { counted, onComputers } from "./words";

export const outsideHours: EventRule = {
  name: "outside-hours",
  title: "Outside company hours",
  question: "Does somebody log on when the company does not work?",
  severity: "low",
  technique: { id: "T1078", name: "Valid Accounts" },
  subject: "account",
  parameters: [],
  requires: ["calendar"],
  needs: ["logon"],
  needsWords: "Turn on auditing of logons (Audit Logon, success) on the computers.",
  learns: false,
  kinds: START_KINDS,
  groupMinutes: 480,
  take: (_, __, event, { calendar }) => (isPersons(event) && isOutsideHours(calendar, event) ? {} : null),
  sentence: ({ account, computers, count, firstAt, lastAt }, timeWords) =>
    count === 1
      ? `${account} logged on${onComputers(computers, "to")} at ${timeWords(firstAt)}, outside company hours.`
      : `${account} logged on ${counted(count, "time")}${onComputers(computers)} outside company hours, first at ${timeWords(
          firstAt,
        )} and last at ${timeWords(lastAt)}.`,
  nextStep:
    "Ask the person whether they worked then. If it is usual, exempt the account in the company calendar, or change the hours of its site.",
};
