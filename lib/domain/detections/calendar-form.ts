import { z } from "zod";
import { editOf } from "../edit-input";
import { checkbox, lineText, optionalZone, rowId, wholeNumber } from "../form-input";
import { issue } from "../text";
import { addLocalDays, isLocalDate } from "../zones";
import { DAY_FIELDS, type DayField } from "./day-fields";
import { reasonUntil } from "./reason-until";

/** A time of day in minutes; empty is null, for a free day. */
const timeOfDay = z
  .string()
  .trim()
  .default("")
  .refine((text) => text === "" || /^([01]\d|2[0-3]):[0-5]\d$/.test(text), issue("alertErrors.timeWrong"))
  .transform((text) => (text === "" ? null : Number(text.slice(0, 2)) * 60 + Number(text.slice(3))));

/** A site; empty for the whole company. */
const place = z
  .union([z.literal("").transform(() => null), rowId])
  .optional()
  .transform((siteId) => siteId ?? null);

type TimeFields = Record<`${DayField}${"From" | "To"}`, typeof timeOfDay>;

/** Working hours of a company or a site. What belongs together is judged by the service, which knows the rest. */
export const hoursForm = editOf(
  { siteId: place },
  {
    ...(Object.fromEntries(
      DAY_FIELDS.flatMap((day) => [
        [`${day}From`, timeOfDay],
        [`${day}To`, timeOfDay],
      ]),
    ) as TimeFields),
    graceMinutes: wholeNumber(0, 240),
    timeZone: optionalZone,
  },
);

export const placeRef = z.object({ siteId: place });

const day = (missing: string) => z.string(missing).trim().refine(isLocalDate, missing);

export const holidayForm = z
  .object({
    siteId: place,
    name: lineText(100, issue("alertErrors.holidayNameMissing")),
    firstDay: day(issue("alertErrors.dayMissing")),
    /** Empty for a single day. */
    lastDay: z
      .string()
      .trim()
      .default("")
      .refine((text) => text === "" || isLocalDate(text), issue("alertErrors.dayOrBlank")),
    isYearly: checkbox,
  })
  .transform((given) => ({ ...given, lastDay: given.lastDay || given.firstDay }))
  .refine(({ firstDay, lastDay }) => lastDay >= firstDay, {
    path: ["lastDay"],
    message: issue("alertErrors.lastDayBefore"),
  })
  .refine(({ firstDay, lastDay }) => lastDay < addLocalDays(firstDay, 365), {
    path: ["lastDay"],
    message: issue("alertErrors.holidayTooLong"),
  });

export const holidayRef = z.object({ holidayId: rowId });

export const exemptionForm = z.object({
  /** Its name as events have it, in any case. */
  account: lineText(255, issue("alertErrors.accountMissing")),
  ...reasonUntil,
});

export const exemptionRef = z.object({ exemptionId: rowId });
