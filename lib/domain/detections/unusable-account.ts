import { failureWords } from "../failure-reasons";
import { unusableCodes } from "./refusals";
import { minutesParameter, thresholdParameter, type BurstRule } from "./rule";
import { counted, fromAddress, onComputers } from "./words";

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
    } refused: ${codes.map((code) => lower(failureWords(code))).join("; ")}.`,
  nextStep:
    "Find out who or what uses the account. Remove it from services and tasks, or ask the person who has left what still signs in for them.",
};

const lower = (text: string) => text.slice(0, 1).toLowerCase() + text.slice(1);
