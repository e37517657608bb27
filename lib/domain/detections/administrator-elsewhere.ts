import { START_KINDS } from "../events/kinds";
import type { EventRule } from "./event-rule";
import { isPersons } from "./persons";
import { counted, onComputers } from "./words";

export const administratorElsewhere: EventRule = {
  name: "administrator-elsewhere",
  title: "Administrator on a computer that is not for administrators",
  question: "Does an administrator's account leave its password on an ordinary computer?",
  severity: "medium",
  technique: { id: "T1078", name: "Valid Accounts" },
  subject: "account",
  parameters: [],
  requires: ["administrator", "administrators-computer"],
  needs: ["logon"],
  needsWords: "Turn on auditing of logons (Audit Logon, success) on the computers.",
  learns: false,
  kinds: START_KINDS,
  groupMinutes: 1_440,
  take: (_, __, event, { tagged }) =>
    isPersons(event) &&
    tagged.administrators.has(event.accountId) &&
    !tagged.administratorsComputers.has(event.computerId)
      ? {}
      : null,
  sentence: ({ account, computers, count, firstAt }, timeWords) =>
    `The administrator ${account} logged on${count === 1 ? "" : ` ${counted(count, "time")}`}${onComputers(
      computers,
      count === 1 ? "to" : "on",
    )}, which ${computers.length === 1 ? "is" : "are"} not for administrators, ${
      count === 1 ? "at" : "first at"
    } ${timeWords(firstAt)}.`,
  nextStep:
    "Ask the administrator why. Use an ordinary account there, or tag the computer as an administrator's computer.",
};
