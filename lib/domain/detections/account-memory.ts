import type { Place } from "./account-places";
import type { SeenEvent } from "./rule";
import { newSessions, type SessionMemory } from "./sessions";
import { addMinute, dayOfWall, isWeekend } from "./wall-times";

/** How far habits go back. */
export const HABIT_DAYS = 90;
/** Computers of an account that are remembered, those used last. Of an account with as many, others may be known too. */
export const MOST_COMPUTERS = 60;
export const MOST_LOGONS = 100;
/** Starts of sessions on weekdays and on weekends that are kept: two in every quarter of an hour for four weeks. */
const MOST_STARTS = { weekdays: 4_000, weekends: 1_600 };

/** What rules together remember of an account; JSON. */
export interface AccountMemory {
  /** When it last began a session, epoch milliseconds; 0 for never. */
  last: number;
  /** Sessions of the last days in countries where the company is not usual; absent without any. */
  places?: Place[];
  /** Absent while the company learns no habits. */
  habits?: AccountHabits;
}

export interface AccountHabits {
  /** When a session of a person first began, epoch milliseconds. */
  first: number;
  /** Logons and remote connects, counted up to a hundred. */
  logons: number;
  /** The local day of the last use, by the computer's id. */
  computers: Record<string, number>;
  /** Wall-clock minutes at which sessions began or went on, packed. */
  weekdays: string;
  weekends: string;
  sessions: SessionMemory;
}

export function newAccountMemory(): AccountMemory {
  return { last: 0 };
}

function newHabits(at: number): AccountHabits {
  return { first: at, logons: 0, computers: {}, weekdays: "", weekends: "", sessions: newSessions() };
}

/** What is known of an account that was used before there is anything to learn from. */
export function earlierMemory(
  { lastAt, firstAt, logons }: { lastAt: number; firstAt: number | null; logons: number },
  learnsHabits: boolean,
): AccountMemory {
  if (!learnsHabits || firstAt === null) return { last: lastAt };
  return { last: lastAt, habits: { ...newHabits(firstAt), logons } };
}

/** The habits, made where there are none yet. */
export function habitsIn(memory: AccountMemory, { at }: Pick<SeenEvent, "at">): AccountHabits {
  return (memory.habits ??= newHabits(at));
}

/** Learns from a start of a session, at a minute of the wall clock. */
export function takeStart(habits: AccountHabits, event: SeenEvent, wall: number): void {
  const day = dayOfWall(wall);
  habits.first = Math.min(habits.first, event.at);
  if (event.kind !== "unlock") habits.logons = Math.min(habits.logons + 1, MOST_LOGONS);
  const kind = isWeekend(wall) ? "weekends" : "weekdays";
  habits[kind] = addMinute(habits[kind], wall, MOST_STARTS[kind]);
  habits.computers = withComputer(habits.computers, String(event.computerId), day);
}

function withComputer(computers: Record<string, number>, id: string, day: number): Record<string, number> {
  const known = computers[id];
  if (known !== undefined) {
    computers[id] = Math.max(known, day);
    return computers;
  }
  const kept = Object.entries({ ...computers, [id]: day }).filter(([, last]) => last >= day - HABIT_DAYS);
  return Object.fromEntries(kept.toSorted(([, a], [, b]) => b - a).slice(0, MOST_COMPUTERS));
}

/** How many computers the account used in the days that habits go back. */
export function countComputers({ computers }: AccountHabits, wall: number): number {
  const from = dayOfWall(wall) - HABIT_DAYS;
  return Object.values(computers).filter((last) => last >= from).length;
}

/** Whether the account used the computer in the days that habits go back, or later. */
export function knowsComputer({ computers }: AccountHabits, computerId: number, wall: number): boolean {
  const last = computers[String(computerId)];
  return last !== undefined && last >= dayOfWall(wall) - HABIT_DAYS;
}
