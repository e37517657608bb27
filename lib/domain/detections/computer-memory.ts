import { HABIT_DAYS } from "./account-memory";

/** How far back days of use are counted, that of the event included. */
export const USE_DAYS = 30;
const ALL_DAYS = 2 ** USE_DAYS - 1;
const MOST_USERS = 60;

/** The last local day of use, and which of the 30 days up to it were days of use: bit 0 is the last. */
type Use = [lastDay: number, days: number];

/** What rules together remember of a computer; JSON. */
export interface ComputerMemory {
  /** When it was last shut down or started, epoch milliseconds; 0 for not known. */
  off: number;
  /** Its use by the id of the account. */
  users: Record<string, Use>;
}

export function newComputerMemory(): ComputerMemory {
  return { off: 0, users: {} };
}

/** Whether a use on the day would change anything. */
export function isUseKnown({ users }: ComputerMemory, accountId: number, day: number): boolean {
  const use = users[String(accountId)];
  if (!use) return false;
  const back = use[0] - day;
  return back >= USE_DAYS || (back >= 0 && ((use[1] >> back) & 1) === 1);
}

/** Notes that the account used the computer on a local day. */
export function takeUse(memory: ComputerMemory, accountId: number, day: number): void {
  const id = String(accountId);
  const [last, days] = memory.users[id] ?? [day, 0];
  const ahead = day - last;
  if (ahead > 0) memory.users[id] = [day, daysUpTo([last, days], day) | 1];
  else if (-ahead < USE_DAYS) memory.users[id] = [last, days | (1 << -ahead)];
  const users = Object.entries(memory.users);
  if (users.length <= 1) return;
  const newest = Math.max(...users.map(([, use]) => use[0]));
  const kept = users.filter(([, use]) => use[0] >= newest - HABIT_DAYS);
  if (kept.length === users.length && kept.length <= MOST_USERS) return;
  memory.users = Object.fromEntries(kept.toSorted(([, a], [, b]) => b[0] - a[0]).slice(0, MOST_USERS));
}

/** The days of use as of another day: bit 0 is that day. */
function daysUpTo([last, days]: Use, day: number): number {
  const ahead = day - last;
  if (ahead >= USE_DAYS || ahead <= -USE_DAYS) return 0;
  return ahead >= 0 ? (days * 2 ** ahead) & ALL_DAYS : days >> -ahead;
}

function countBits(bits: number): number {
  let count = 0;
  for (let left = bits; left > 0; left >>>= 1) count += left & 1;
  return count;
}

/** On how many of the 30 days up to the day each account used it; those that did not are missing. */
export function daysOfUse({ users }: ComputerMemory, day: number): { accountId: number; days: number }[] {
  return Object.entries(users)
    .map(([id, use]) => ({ accountId: Number(id), days: countBits(daysUpTo(use, day)) }))
    .filter(({ days }) => days > 0);
}

/** Whether the account used it in the days that habits go back, or later. */
export function knowsAccount({ users }: ComputerMemory, accountId: number, day: number): boolean {
  const use = users[String(accountId)];
  return use !== undefined && use[0] >= day - HABIT_DAYS;
}
