import { START_KINDS, type EventKind } from "../events/kinds";
import type { EventRule } from "./event-rule";
import { techniqueOf } from "./technique";

const DAY = 86_400_000;

/** What is remembered of a site; JSON. */
interface SiteMemory {
  /** When its newest event happened, epoch milliseconds; 0 for none. */
  last: number;
}

export const quietSite: EventRule<SiteMemory> = {
  name: "quiet-site",
  title: { key: "ruleTitles.quietSite" },
  question: { key: "ruleQuestions.quietSite" },
  severity: "medium",
  technique: techniqueOf("T1078"),
  subject: "site",
  parameters: [
    { name: "days", label: { key: "rules.quietFor" }, unit: "days", initial: 7, least: 2, most: 365 },
  ],
  needs: ["logon"],
  needsText: { key: "rules.needsLogons" },
  learns: false,
  kinds: new Set<EventKind>([...START_KINDS, "logon_failed", "startup"]),
  groupMinutes: 60,
  memory: { keyOf: ({ siteId }) => `site:${siteId}`, create: () => ({ last: 0 }), keptDays: 800 },
  take(memory, { days }, { at }) {
    const quietMs = at - memory.last;
    const isFirst = memory.last === 0;
    memory.last = Math.max(memory.last, at);
    if (isFirst || quietMs < days! * DAY) return null;
    return { compared: { days: Math.floor(quietMs / DAY), limit: days! } };
  },
  sentence: ({ site, computers, firstAt, compared: { days, limit } }) => ({
    key: "ruleSentences.quietSite",
    values: { site, days: Number(days), time: { at: firstAt }, computers, limit: Number(limit) },
  }),
  nextStep: { key: "ruleNextSteps.quietSite" },
};
