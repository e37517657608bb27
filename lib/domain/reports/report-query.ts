import { z } from "zod";
import { isIanaZone } from "../zones";
import { isRangeEnd, REPORT_PRESETS } from "./report-range";

/** The id of a row in an address. */
export const rowIdParam = z
  .string()
  .regex(/^[1-9]\d{0,8}$/, "must be an id, a whole number above 0")
  .transform(Number);

const rangeEnd = z
  .string()
  .refine(isRangeEnd, "must be an instant such as 2026-01-05T10:00:00Z, or a day such as 2026-01-05");

export const zoneParam = z
  .string()
  .refine(isIanaZone, "must be an IANA time zone such as Europe/London")
  .meta({
    description: "IANA zone of days and hours; by default the user's, else the company's, else the portal's.",
    examples: ["Europe/London"],
  });

const END_EXAMPLES = ["2026-01-05", "2026-01-05T10:00:00Z"];

/** What every report can be asked for, by the names of its address; screens and the read API share it. */
export const reportQueryShape = {
  range: z.enum(REPORT_PRESETS).optional().meta({
    description:
      "Whole local days by name, the running one included: 7d and 30d are today and the 6 or 29 days before it. 7d when no range is given.",
  }),
  from: rangeEnd.optional().meta({
    description: "The beginning: an instant, or a day of the zone. Goes before range.",
    examples: END_EXAMPLES,
  }),
  to: rangeEnd.optional().meta({
    description: "The end, not included: an instant, or a day of the zone, which is included.",
    examples: END_EXAMPLES,
  }),
  /** IANA zone of days and hours; by default that of the screen. */
  tz: zoneParam.optional(),
  site: rowIdParam.optional().meta({ description: "The id of a site." }),
  account: rowIdParam.optional().meta({ description: "The id of an account." }),
  computer: rowIdParam.optional().meta({ description: "The id of a computer." }),
  /** Contained in the account's or the computer's name, in any case. */
  q: z.string().trim().max(255).optional().meta({
    description: "Contained in the account's or the computer's name, in any case.",
  }),
} as const;

/** What reports about failures can be asked for besides. */
export const failureFilterShape = {
  address: z
    .string()
    .trim()
    .max(255)
    .optional()
    .meta({
      description:
        "Only failures from this address, with * at the end from all that begin so, or - from those that do not say.",
      examples: ["203.0.113.7", "10.0.*"],
    }),
  reason: z.string().trim().max(255).optional().meta({
    description: "Only failures for this reason, in the words of the report grouped by reason.",
  }),
} as const;

export const reportQuery = z.object(reportQueryShape);
export type ReportQuery = z.output<typeof reportQuery>;

/** One of some words, or none. */
export const choiceParam = <Word extends string>(words: readonly Word[], description: string) =>
  z.enum(words).optional().meta({ description });

/** Whether the query names a range: lists of what there is are not held to one by default. */
export function hasOwnRange({ range, from, to }: ReportQuery): boolean {
  return range !== undefined || from !== undefined || to !== undefined;
}

/** What the lists of accounts and computers can be asked for; unlike reports they are held to no range by default. */
export const listQueryShape = {
  ...reportQueryShape,
  range: reportQueryShape.range.meta({
    description: "Only what was seen in these whole local days, as far as first and last sighting tell.",
  }),
} as const;

export const SORT_WORDS =
  "A column; with - before it the other way round. Equal rows stand by company and number.";
