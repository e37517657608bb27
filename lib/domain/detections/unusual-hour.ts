import { START_KINDS } from "../events/kinds";
import type { AccountHabits } from "./account-memory";
import type { EventRule } from "./event-rule";
import { isPersons } from "./persons";
import { dayOfWall, hasNear, isWeekend, minutesOf, SEEN_DAYS, timeOfDayApart } from "./wall-times";
import { techniqueOf } from "./technique";
import { durationText } from "./words";

const MINUTE = 60_000;
/** Of the four weeks, those that the account must be known for. */
const LEAST_KNOWN_DAYS = 21;
/** Of the same kind of day: fewer are no habit. */
const LEAST_SAME_KIND = 15;

export const unusualHour: EventRule = {
  name: "unusual-hour",
  title: { key: "ruleTitles.unusualHour" },
  question: { key: "ruleQuestions.unusualHour" },
  severity: "low",
  technique: techniqueOf("T1078"),
  subject: "account",
  parameters: [
    { name: "logons", label: { key: "rules.minLogons" }, unit: "number", initial: 20, least: 5, most: 100 },
    {
      name: "minutes",
      label: { key: "rules.noneWithin" },
      unit: "minutes",
      initial: 60,
      least: 15,
      most: 360,
    },
  ],
  needs: ["logon"],
  needsText: { key: "rules.needsLogons" },
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
  sentence: ({ account, computers, firstAt, compared: { logons, apart, kind } }) => ({
    key: "ruleSentences.unusualHour",
    values: {
      account,
      computers,
      time: { at: firstAt },
      logons: Number(logons),
      isWeekend: kind === "weekends" ? "yes" : "no",
      duration: durationText(Number(apart) * MINUTE),
    },
  }),
  nextStep: { key: "ruleNextSteps.unusualHour" },
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
