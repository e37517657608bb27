import { START_KINDS, type EventKind } from "../events/kinds";
import type { EventRule } from "./event-rule";
import { counted, onComputers } from "./words";

const DAY = 86_400_000;

/** What is remembered of a site; JSON. */
interface SiteMemory {
  /** When its newest event happened, epoch milliseconds; 0 for none. */
  last: number;
}

export const quietSite: EventRule<SiteMemory> = {
  name: "quiet-site",
  title: "First life at a quiet site",
  question: "Does something happen at a site where nobody was for days?",
  severity: "medium",
  technique: { id: "T1078", name: "Valid Accounts" },
  subject: "site",
  parameters: [{ name: "days", label: "Quiet for", unit: "days", initial: 7, least: 2, most: 365 }],
  needs: ["logon"],
  needsWords: "Turn on auditing of logons (Audit Logon, success and failure) on the computers.",
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
  sentence: ({ site, computers, firstAt, compared: { days, limit } }, timeWords) =>
    `Nothing happened at ${site ?? "a deleted site"} for ${counted(Number(days), "day")} (threshold: ${counted(
      Number(limit),
      "day",
    )}) until ${timeWords(firstAt)}${onComputers(computers)}.`,
  nextStep: "Find out who was there. If the site is closed, take its computers away or disable its key.",
};
