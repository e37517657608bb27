import { START_KINDS } from "../events/kinds";
import type { EventRule } from "./event-rule";
import { isAtDesk } from "./logon-types";
import { counted, onComputers } from "./words";

export const serviceAccountAtDesk: EventRule = {
  name: "service-account-at-desk",
  title: "Service account at a desk",
  question: "Does a person use an account that is for a service?",
  severity: "high",
  technique: { id: "T1078", name: "Valid Accounts" },
  subject: "account",
  parameters: [],
  requires: ["service-account"],
  needs: ["logon"],
  needsWords:
    "Turn on auditing of logons (Audit Logon, success) on the computers, and use an agent that sends LogonType.",
  learns: false,
  kinds: START_KINDS,
  groupMinutes: 1_440,
  take: (_, __, event, { tagged }) =>
    isAtDesk(event) && tagged.serviceAccounts.has(event.accountId) ? {} : null,
  sentence: ({ account, computers, count, firstAt }, timeWords) =>
    count === 1
      ? `The service account ${account} was used at a desk or by Remote Desktop${onComputers(computers)} at ${timeWords(
          firstAt,
        )}.`
      : `The service account ${account} was used at a desk or by Remote Desktop ${counted(count, "time")}${onComputers(
          computers,
        )}, first at ${timeWords(firstAt)}.`,
  nextStep:
    "Find out who knows its password. Change it, and deny the account to log on locally and by Remote Desktop. Look at what was done in the session.",
};
