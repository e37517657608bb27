import { formatDay } from "@/components/time/format";

export const SPENT_KINDS = ["active", "locked", "uncertain"] as const;
export type SpentKind = (typeof SPENT_KINDS)[number];

export const SPENT_WORD: Readonly<Record<SpentKind, string>> = {
  active: "Active",
  locked: "Locked",
  uncertain: "Uncertain",
};

/** CSS colours, the same as those of timelines. */
export const SPENT_COLOUR: Readonly<Record<SpentKind, string>> = {
  active: "var(--kind-logon-fill)",
  locked: "var(--kind-lock-fill)",
  uncertain: "var(--muted-foreground)",
};

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
  seconds: Readonly<Record<SpentKind, number>>;
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
