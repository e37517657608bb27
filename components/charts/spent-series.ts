import type { PresenceState } from "@/components/events/presence-state";
import { formatDay } from "@/components/time/format";

export interface SpentDay {
  /** The first instant of the day that counts, and the first after it; epoch milliseconds. */
  startsAt: number;
  endsAt: number;
  activeSeconds: number;
  lockedSeconds: number;
  uncertainSeconds: number;
}

export interface SpentBar {
  at: number;
  /** Under the axis: "25 May". */
  tick: string;
  /** In full: "Sun 25 May". */
  title: string;
  seconds: Readonly<Record<PresenceState, number>>;
  isRunning: boolean;
}

/** The days as bars, that of `readAt` marked as still running. */
export function spentBars(days: readonly SpentDay[], zone: string, readAt: number): SpentBar[] {
  return days.map((day) => {
    const title = formatDay(day.startsAt, zone);
    return {
      at: day.startsAt,
      tick: title.slice(4),
      title,
      seconds: { active: day.activeSeconds, locked: day.lockedSeconds, uncertain: day.uncertainSeconds },
      isRunning: day.startsAt <= readAt && readAt < day.endsAt,
    };
  });
}
