import { isWrongPasswordOrName } from "./refusals";
import { minutesParameter, thresholdParameter, type BurstRule } from "./rule";
import { counted, durationWords, fromAddress } from "./words";

export const passwordSpray: BurstRule = {
  name: "password-spray",
  title: "Password spray",
  question: "Does one address try passwords on many accounts?",
  severity: "medium",
  technique: { id: "T1110.003", name: "Password Spraying" },
  subject: "address",
  counts: "accounts",
  parameters: [thresholdParameter("accounts", 5, 2), minutesParameter(10, 1_440)],
  needs: ["logon_failed"],
  needsWords: "Turn on auditing of failed logons (Audit Logon, failure) on the computers.",
  selects: (event) => event.address !== null && isWrongPasswordOrName(event),
  sentence: ({ count, accountCount, address, firstAt, lastAt, threshold, windowMinutes }) =>
    `${counted(count, "failed logon")} for ${counted(accountCount, "account")}${fromAddress(address)} in ${durationWords(
      lastAt - firstAt,
    )} (threshold: ${threshold} accounts in ${durationWords(windowMinutes * 60_000)}).`,
  nextStep:
    "Find out what is at the address. If it is not yours, block it. Look for logons of these accounts since then, and change the passwords of those that had one.",
};
