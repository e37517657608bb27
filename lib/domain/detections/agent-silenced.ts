import type { Rule } from "./rule";
import { counted, durationWords } from "./words";

export const agentSilenced: Rule = {
  name: "agent-silenced",
  title: "Agent silenced",
  question: "Does a computer tell nothing any more while others at its site do?",
  severity: "medium",
  technique: { id: "T1562.001", name: "Disable or Modify Tools" },
  subject: "computer",
  parameters: [
    { name: "minutes", label: "Silent for", unit: "minutes", initial: 120, least: 15, most: 10_080 },
    {
      name: "threshold",
      label: "While so many others report",
      unit: "computers",
      initial: 2,
      least: 1,
      most: 100,
    },
  ],
  needs: [],
  needsWords: "Use an agent that makes health checks.",
  sentence: ({ computers, site, firstAt, count, threshold, windowMinutes }, timeWords) =>
    `${computers[0] ?? "A deleted computer"} has told nothing since ${timeWords(firstAt)}, and no shutdown was seen. ${counted(
      count,
      "other computer",
    )}${site === null ? "" : ` at ${site}`} ${count === 1 ? "reports" : "report"} (threshold: ${threshold}, after ${durationWords(
      windowMinutes * 60_000,
    )}).`,
  nextStep:
    "Look whether the computer runs and has network. If it does, look whether its agent's service was stopped, and by whom.",
};
