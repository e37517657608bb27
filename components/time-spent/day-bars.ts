import type { useTranslations } from "next-intl";
import type { TimelineRow } from "@/components/charts/timeline";
import type { TimeSpentDay } from "@/lib/services/reports/time-spent-day";

type T = ReturnType<typeof useTranslations<"timeSpentDay">>;

/** The computers of the day by name, ties by id: those with a stretch or an event of it. */
export function computersOfDay(
  t: T,
  { events, stretches, from, to }: TimeSpentDay,
): { id: number; name: string }[] {
  const names = new Map(events.map((event) => [event.computerId, event.computerName]));
  const ids = new Set([
    ...stretches.map((stretch) => stretch.computerId),
    ...events
      .filter(({ occurredAt }) => occurredAt >= from && occurredAt < to)
      .map((event) => event.computerId),
  ]);
  return [...ids]
    .map((id) => ({ id, name: names.get(id) ?? t("computerNumber", { id }) }))
    .toSorted((a, b) => (a.name === b.name ? a.id - b.id : a.name < b.name ? -1 : 1));
}

/** The timeline's lines: all computers united, then each with its events. */
export function dayBars(t: T, day: TimeSpentDay): TimelineRow[] {
  const bars = (spans: readonly { kind: "active" | "locked" | "uncertain"; from: number; to: number }[]) =>
    spans.map(({ kind, from, to }) => ({ tone: kind, start: from, end: to }));
  return [
    { id: "all", label: t("allComputers"), bars: bars(day.united) },
    ...computersOfDay(t, day).map(({ id, name }) => ({
      id: String(id),
      label: name,
      bars: bars(day.stretches.filter(({ computerId }) => computerId === id)),
      marks: day.events
        .filter(
          (event) => event.computerId === id && event.occurredAt >= day.from && event.occurredAt < day.to,
        )
        .map((event) => ({ id: String(event.id), at: event.occurredAt, kind: event.kind })),
    })),
  ];
}
