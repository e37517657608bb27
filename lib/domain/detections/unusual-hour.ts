import { START_KINDS } from "../events/kinds";
import type { AccountHabits } from "./account-memory";
import type { EventRule } from "./event-rule";
import { isPersons } from "./persons";
import { dayOfWall, hasNear, isWeekend, minutesOf, SEEN_DAYS, timeOfDayApart } from "./wall-times";
import { counted, durationWords, onComputers } from "./words";

const MINUTE = 60_000;
/** Of the four weeks, those that the account must be known for. */
const LEAST_KNOWN_DAYS = 21;
/** Of the same kind of day: fewer are no habit. */
const LEAST_SAME_KIND = 15;

export const unusualHour: EventRule = {
  name: "unusual-hour",
  title: "Unusual hour for this person",
  question: "Does a person log on at a time of day at which they never do?",
  severity: "low",
  technique: { id: "T1078", name: "Valid Accounts" },
  subject: "account",
  parameters: [
    { name: "logons", label: "Once 4 weeks hold at least", unit: "logons", initial: 20, least: 5, most: 100 },
    { name: "minutes", label: "None of them within", unit: "minutes", initial: 60, least: 15, most: 360 },
  ],
  needs: ["logon"],
  needsWords: "Turn on auditing of logons (Audit Logon, success) on the computers.",
  learns: true,
  kinds: START_KINDS,
  groupMinutes: 720,
  take(_, { logons, minutes }, event, { account: { habits }, wall }) {
    if (!habits || !isPersons(event)) return null;
    // Nearly every start is near another: the newest of them tell so at once.
    const own = isWeekend(wall) ? habits.weekends : habits.weekdays;
    if (hasNear(own, wall, dayOfWall(wall) - SEEN_DAYS, minutes!)) return null;
    const { all, same } = startsBefore(habits, wall);
    const firstDay = Math.min(...all.map(dayOfWall));
    if (all.length < logons! || same.length < LEAST_SAME_KIND) return null;
    if (dayOfWall(wall) - firstDay < LEAST_KNOWN_DAYS) return null;
    const nearest = Math.min(...same.map((one) => timeOfDayApart(one, wall)));
    return {
      compared: { logons: all.length, apart: nearest, kind: isWeekend(wall) ? "weekends" : "weekdays" },
    };
  },
  sentence: ({ account, computers, firstAt, compared: { logons, apart, kind } }, timeWords) =>
    `${account} was active${onComputers(computers)} at ${timeWords(firstAt)}. None of ${counted(
      Number(logons),
      "logon and unlock",
      "logons and unlocks",
    )} in 4 weeks was near that time of day on ${kind}; the nearest was ${durationWords(
      Number(apart) * MINUTE,
    )} away.`,
  nextStep: "Ask the person whether it was them. If not, sign the account out and change its password.",
};

/** Starts of the four weeks before the day and of that day, and those among them of its kind. */
function startsBefore(
  { weekdays, weekends }: AccountHabits,
  wall: number,
): { all: number[]; same: number[] } {
  const from = dayOfWall(wall) - SEEN_DAYS;
  const within = (packed: string) =>
    minutesOf(packed).filter((one) => dayOfWall(one) >= from && one <= wall + 60);
  const [working, free] = [within(weekdays), within(weekends)];
  return { all: [...working, ...free], same: isWeekend(wall) ? free : working };
}
