import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import type { EventKind } from "@/lib/domain/events/kinds";
import { kindFillColour } from "@/components/events/kind-icon";
import { PRESENCE_LOOK, PRESENCE_STATES, type PresenceState } from "@/components/events/presence-state";
import { TimelineFrame } from "./timeline-frame";
import { formatDuration, formatTime } from "@/components/time/format";

export interface TimelineBar {
  /** Epoch milliseconds; clipped to the timeline. */
  start: number;
  end: number;
  tone: PresenceState;
}

export interface TimelineMark {
  id: string;
  at: number;
  kind: EventKind;
}

export interface TimelineRow {
  id: string;
  label: string;
  bars: readonly TimelineBar[];
  /** Events drawn as ticks below the bars. */
  marks?: readonly TimelineMark[];
}

interface TimelineProps {
  label: string;
  rows: readonly TimelineRow[];
  /** Epoch milliseconds: usually the local midnights of a day. */
  from: number;
  to: number;
  zone: string;
  /** Draws a line at this instant when it lies inside. */
  now?: number;
}

const HOUR = 3_600_000;
/** What is uncertain is hatched, in the same color. */
const toneClass = (tone: PresenceState, className: string) =>
  cn(className, tone === "uncertain" && "hatched");
const toneStyle = (tone: PresenceState) =>
  tone === "uncertain"
    ? { color: PRESENCE_LOOK.uncertain.fillColour }
    : { backgroundColor: PRESENCE_LOOK[tone].fillColour };

function share(at: number, from: number, to: number): number {
  return (100 * (Math.min(Math.max(at, from), to) - from)) / (to - from);
}

/** When the first thing of a row happens, epoch milliseconds; `from` where nothing does. */
function firstOf(rows: readonly TimelineRow[], from: number): number {
  const times = rows.flatMap(({ bars, marks = [] }) => [
    ...bars.map(({ start }) => start),
    ...marks.map(({ at }) => at),
  ]);
  return times.length === 0 ? from : times.reduce((first, at) => Math.min(first, at));
}

/** Bars of time under one another, one row a computer, say; what is uncertain is hatched. */
export function Timeline({ label, rows, from, to, zone, now }: TimelineProps) {
  const t = useTranslations("charts");
  const stateWord = useTranslations("reportStates");
  const stepHours = to - from > 12 * HOUR ? 3 : 1;
  const ticks = Array.from(
    { length: Math.ceil((to - from) / (stepHours * HOUR)) },
    (_, index) => from + index * stepHours * HOUR,
  );
  return (
    <figure className="grid min-w-0 gap-2">
      <TimelineFrame label={label} firstShare={share(firstOf(rows, from), from, to) / 100}>
        <div className="grid min-w-2xl print:min-w-0 grid-cols-[6rem_1fr] gap-x-3 sm:grid-cols-[9rem_1fr] text-xs">
          <span className="sticky start-0 z-10 bg-card" />
          <div aria-hidden data-line className="relative h-5 text-muted-foreground">
            {ticks.map((tick) => (
              <span key={tick} className="tabular absolute" style={{ left: `${share(tick, from, to)}%` }}>
                {formatTime(tick, zone, "minute")}
              </span>
            ))}
          </div>
          {rows.map((row) => (
            <TimelineLine key={row.id} row={row} from={from} to={to} zone={zone} now={now} ticks={ticks} />
          ))}
        </div>
      </TimelineFrame>
      <figcaption>
        <ul aria-label={t("legend")} className="flex flex-wrap gap-x-4 gap-y-1 text-xs">
          {PRESENCE_STATES.map((tone) => (
            <li key={tone} className="flex items-center gap-1.5">
              <span aria-hidden className={toneClass(tone, "size-3 rounded-xs")} style={toneStyle(tone)} />
              {stateWord(tone)}
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}

type LineProps = Pick<TimelineProps, "from" | "to" | "zone" | "now"> & {
  row: TimelineRow;
  ticks: readonly number[];
};

function TimelineLine({ row, from, to, zone, now, ticks }: LineProps) {
  const t = useTranslations("charts");
  const barWords = useBarWords(zone);
  const kindWord = useTranslations("eventKinds");
  const markWords = ({ kind, at }: TimelineMark) =>
    t("mark", { kind: kindWord(kind), time: formatTime(at, zone) });
  return (
    <>
      <span title={row.label} className="sticky start-0 z-10 border-t bg-card py-2 font-medium">
        <span className="line-clamp-2 wrap-anywhere">{row.label}</span>
      </span>
      <div className="relative h-9 border-t">
        {ticks.map((tick) => (
          <span
            aria-hidden
            key={tick}
            className="absolute inset-y-0 w-px bg-border"
            style={{ left: `${share(tick, from, to)}%` }}
          />
        ))}
        <ul aria-label={row.label}>
          {row.bars.map((bar) => (
            <li
              key={`${bar.tone} ${bar.start}`}
              title={barWords(bar)}
              className={toneClass(bar.tone, "absolute top-2 h-4 min-w-0.5 rounded-xs")}
              style={{
                ...toneStyle(bar.tone),
                left: `${share(bar.start, from, to)}%`,
                width: `${share(bar.end, from, to) - share(bar.start, from, to)}%`,
              }}
            >
              <span className="sr-only">{barWords(bar)}</span>
            </li>
          ))}
          {row.marks?.map((mark) => (
            <li
              key={mark.id}
              title={markWords(mark)}
              className="absolute bottom-0.5 h-2 w-1 -translate-x-1/2 rounded-full"
              style={{ left: `${share(mark.at, from, to)}%`, backgroundColor: kindFillColour(mark.kind) }}
            >
              <span className="sr-only">{markWords(mark)}</span>
            </li>
          ))}
        </ul>
        {now !== undefined && now > from && now < to && (
          <span
            aria-hidden
            className="absolute inset-y-0 w-px bg-primary"
            style={{ left: `${share(now, from, to)}%` }}
          />
        )}
      </div>
    </>
  );
}

function useBarWords(zone: string): (bar: TimelineBar) => string {
  const t = useTranslations("charts");
  const stateWord = useTranslations("reportStates");
  return ({ tone, start, end }) =>
    t("bar", {
      state: stateWord(tone),
      from: formatTime(start, zone, "minute"),
      to: formatTime(end, zone, "minute"),
      duration: formatDuration(Math.round((end - start) / 1000)),
    });
}
