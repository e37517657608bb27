import type { Rule } from "./rule";
import { counted } from "./words";

export const eventsLost: Rule = {
  name: "events-lost",
  title: "Events lost",
  question: "Does an agent give up events because it cannot send them for long?",
  severity: "low",
  technique: { id: "T1562", name: "Impair Defenses" },
  subject: "computer",
  parameters: [{ name: "threshold", label: "At least", unit: "events", initial: 1, least: 1, most: 100_000 }],
  needs: [],
  needsWords: "Use an agent that makes health checks.",
  sentence: ({ computers, count, threshold }) =>
    `The agent of ${computers[0] ?? "a deleted computer"} gave up ${counted(count, "event")} that it could not send (threshold: ${threshold}).`,
  nextStep:
    "Find out why the computer could not reach the portal. What happened there meanwhile is only in its own event log.",
};
