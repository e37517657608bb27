import { isWrongPassword } from "./refusals";
import { minutesParameter, thresholdParameter, type BurstRule } from "./rule";
import { counted, durationWords, fromAddress, onComputers } from "./words";

export const passwordGuessing: BurstRule = {
  name: "password-guessing",
  title: "Password guessing",
  question: "Does somebody try many passwords on one account?",
  severity: "medium",
  technique: { id: "T1110.001", name: "Password Guessing" },
  subject: "account",
  counts: "events",
  parameters: [thresholdParameter("failed logons", 5, 2), minutesParameter(10, 1_440)],
  needs: ["logon_failed"],
  needsWords: "Turn on auditing of failed logons (Audit Logon, failure) on the computers.",
  selects: isWrongPassword,
  sentence: ({ count, account, address, computers, firstAt, lastAt, threshold, windowMinutes }) =>
    `${counted(count, "failed logon")} for ${account}${fromAddress(address)}${onComputers(computers)} in ${durationWords(
      lastAt - firstAt,
    )} (threshold: ${threshold} in ${durationWords(windowMinutes * 60_000)}).`,
  nextStep:
    "Ask the person whether they mistyped their password. If not, find out what is at the address, and look for a program or device that uses an old password.",
};
