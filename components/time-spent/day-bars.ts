import type { useTranslations } from "next-intl";
import type { TimelineMark, TimelineRow } from "@/components/charts/timeline";
import { widenedTo, type DaySpan } from "@/lib/domain/time-spent/day-evidence";
import type { TimeSpentDay } from "@/lib/services/reports/time-spent-day";

type T = ReturnType<typeof useTranslations<"timeSpentDay">>;

/** Computers with a line of their own; the account that scans a network has thousands. */
export const MOST_COMPUTERS = 50;
/** Bars or marks of a line; of more, those of five minutes are drawn as one. */
const MOST_EXACT = 288;
const FIVE_MINUTES_MS = 5 * 60_000;

/** The timeline's lines: all computers united, then each with its events. */
export function dayBars(t: T, day: TimeSpentDay): TimelineRow[] {
  const of = <Part extends { computerId: number }>(parts: readonly Part[], id: number) =>
    parts.filter(({ computerId }) => computerId === id);
  return [
    { id: "all", label: t("allComputers"), bars: barsOf(day.united, day) },
    ...day.computers.slice(0, MOST_COMPUTERS).map(({ id, name }) => ({
      id: String(id),
      label: name,
      bars: barsOf(of(day.stretches, id), day),
      marks: marksOf(of(day.moments, id)),
    })),
  ];
}

function barsOf(spans: readonly DaySpan[], day: TimeSpentDay): TimelineRow["bars"] {
  const drawn = spans.length > MOST_EXACT ? widenedTo(FIVE_MINUTES_MS, spans, day) : spans;
  return drawn.map(({ kind, from, to }) => ({ tone: kind, start: from, end: to }));
}

function marksOf(moments: TimeSpentDay["moments"]): TimelineMark[] {
  const drawn = moments.length > MOST_EXACT ? firstOfFiveMinutes(moments) : moments;
  return drawn.map(({ id, at, kind }) => ({ id: String(id), at, kind }));
}

function firstOfFiveMinutes(moments: TimeSpentDay["moments"]): TimeSpentDay["moments"] {
  const seen = new Set<string>();
  return moments.filter(({ at, kind }) => {
    const slot = `${kind} ${Math.floor(at / FIVE_MINUTES_MS)}`;
    return !seen.has(slot) && seen.add(slot);
  });
}
