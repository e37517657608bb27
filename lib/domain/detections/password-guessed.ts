import type { Rule } from "./rule";
import { counted, durationWords, fromAddress, onComputers } from "./words";

export const passwordGuessed: Rule = {
  name: "password-guessed",
  title: "Password guessed",
  question: "Does an account that was guessed at log on soon afterwards?",
  severity: "high",
  technique: { id: "T1078", name: "Valid Accounts" },
  subject: "account",
  parameters: [
    { name: "minutes", label: "Logon within", unit: "minutes", initial: 60, least: 1, most: 1_440 },
  ],
  needs: ["logon_failed", "logon"],
  needsWords: "Turn on auditing of logons (Audit Logon, success and failure) on the computers.",
  sentence: ({ account, address, computers, count, firstAt, lastAt }, timeWords) =>
    `${counted(count - 1, "failed logon")} for ${account}${fromAddress(address)}, then a logon${onComputers(
      computers,
    )} at ${timeWords(lastAt)}, ${durationWords(lastAt - firstAt)} after the first.`,
  nextStep:
    "Ask the person whether they logged on there. If not, sign the account out, change its password and look at what it did.",
};
