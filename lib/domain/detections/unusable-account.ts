import { unusableCodes } from "./refusals";
import { minutesParameter, thresholdParameter, type BurstRule } from "./rule";
import { counted, fromAddress, onComputers } from "./words";

/** Every code that unusableCodes tells of. */
const WHY: Readonly<Record<string, string>> = {
  c0000072: "the account is disabled",
  c000006f: "logon isn't allowed at this time of day",
  c0000070: "logon isn't allowed from this computer",
  c0000193: "the account has expired",
  c0000413: "the account isn't allowed to log on to this computer (authentication firewall)",
  c000015b: "the account isn't allowed to log on to this computer in this way",
};

export const unusableAccount: BurstRule = {
  name: "unusable-account",
  title: "Disabled, expired or restricted account used",
  question: "Does somebody try to log on with an account that may not be used?",
  severity: "medium",
  technique: { id: "T1078", name: "Valid Accounts" },
  subject: "account",
  counts: "events",
  parameters: [thresholdParameter("refused logons", 1, 1), minutesParameter(60, 1_440)],
  needs: ["logon_failed"],
  needsWords:
    "Turn on auditing of failed logons (Audit Logon, failure), and use an agent that sends Status and SubStatus.",
  selects: (event) => unusableCodes(event).length > 0,
  sentence: ({ count, account, address, computers, codes }) =>
    `${counted(count, "logon")} of ${account}${fromAddress(address)}${onComputers(computers)} ${
      count === 1 ? "was" : "were"
    } refused: ${codes.map((code) => WHY[code]).join("; ")}.`,
  nextStep:
    "Find out who or what uses the account. Remove it from services and tasks, or ask the person who has left what still signs in for them.",
};
