import { minutesParameter, thresholdParameter, type BurstRule } from "./rule";
import { counted, durationWords, onComputers } from "./words";

export const lockoutsInARow: BurstRule = {
  name: "lockouts-in-a-row",
  title: "Lockouts in a row",
  question: "Is an account locked out again and again?",
  severity: "medium",
  technique: { id: "T1110", name: "Brute Force" },
  subject: "account",
  counts: "events",
  parameters: [thresholdParameter("lockouts", 3, 2), minutesParameter(1_440, 1_440)],
  needs: ["lockout"],
  needsWords:
    "Turn on auditing of account management (Audit User Account Management, success) where accounts are locked: on domain controllers, or on the computer for local accounts.",
  selects: ({ kind }) => kind === "lockout",
  sentence: ({ count, account, computers, firstAt, lastAt, threshold, windowMinutes }) =>
    `${account} was locked out ${counted(count, "time")}${onComputers(computers)} in ${durationWords(
      lastAt - firstAt,
    )} (threshold: ${threshold} in ${durationWords(windowMinutes * 60_000)}).`,
  nextStep:
    "Look for a phone, task, service or mapped drive with an old password. If there is none, somebody guesses the password.",
};
