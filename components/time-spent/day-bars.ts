import type { useTranslations } from "next-intl";
import type { TimelineMark, TimelineRow } from "@/components/charts/timeline";
import { widenedTo, type DaySpan } from "@/lib/domain/time-spent/day-evidence";
import type { TimeSpentDay } from "@/lib/services/reports/time-spent-day";

type T = ReturnType<typeof useTranslations<"timeSpentDay">>;

/** Computers with a line of their own; the account that scans a network has thousands. */
export const MOST_COMPUTERS = 100;
/** Bars or marks of a line; more of them are drawn to the minute, which is about a pixel. */
const MOST_EXACT = 500;
const MINUTE_MS = 60_000;

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
  const drawn = spans.length > MOST_EXACT ? widenedTo(MINUTE_MS, spans, day) : spans;
  return drawn.map(({ kind, from, to }) => ({ tone: kind, start: from, end: to }));
}

function marksOf(moments: TimeSpentDay["moments"]): TimelineMark[] {
  const drawn = moments.length > MOST_EXACT ? firstOfEachMinute(moments) : moments;
  return drawn.map(({ id, at, kind }) => ({ id: String(id), at, kind }));
}

function firstOfEachMinute(moments: TimeSpentDay["moments"]): TimeSpentDay["moments"] {
  const seen = new Set<string>();
  return moments.filter(({ at, kind }) => {
    const minute = `${kind} ${Math.floor(at / MINUTE_MS)}`;
    return !seen.has(minute) && seen.add(minute);
  });
}
