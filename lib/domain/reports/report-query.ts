import { z } from "zod";
import { renamedReason } from "../former-reasons";
import { LARGEST_ID, ROW_ID_SHAPE } from "../row-id";
import { isIanaZone } from "../zones";
import { isRangeEnd, RANGE_END_WORDS, REPORT_PRESETS } from "./report-range";

const ID_WORDS = "must be an id, a whole number above 0";

/** The id of a row in an address. */
export const rowIdParam = z
  .string()
  .regex(ROW_ID_SHAPE, { error: ID_WORDS, abort: true })
  .refine((text) => Number(text) <= LARGEST_ID, ID_WORDS)
  .transform(Number);

const rangeEnd = z.string().refine(isRangeEnd, RANGE_END_WORDS);

export const zoneParam = z
  .string()
  .refine(isIanaZone, "must be an IANA time zone such as Europe/London")
  .meta({
    description:
      "The IANA time zone for days and hours. The default is the user's, then the company's, then the portal's.",
    examples: ["Europe/London"],
  });

const END_EXAMPLES = ["2026-01-05", "2026-01-05T10:00:00Z"];

/** The range and the zone of a report, by the names of its address. */
export const rangeQueryShape = {
  range: z.enum(REPORT_PRESETS).optional().meta({
    description:
      "Whole local days by name, including today: 7d and 30d are today and the 6 or 29 days before it. The default is 7d.",
  }),
  from: rangeEnd.optional().meta({
    description: "The start: an instant, or a local day. Overrides range.",
    examples: END_EXAMPLES,
  }),
  to: rangeEnd.optional().meta({
    description: "The end: an instant, which isn't included, or a local day, which is.",
    examples: END_EXAMPLES,
  }),
  /** IANA zone of days and hours; by default that of the screen. */
  tz: zoneParam.optional(),
} as const;

/** What most reports can be asked for; screens and the read API share it. A report has only the filters it applies. */
export const reportQueryShape = {
  ...rangeQueryShape,
  site: rowIdParam.optional().meta({ description: "The ID of a site." }),
  account: rowIdParam.optional().meta({ description: "The ID of an account." }),
  computer: rowIdParam.optional().meta({ description: "The ID of a computer." }),
  /** Contained in the account's or the computer's name, in any case. */
  q: z.string().trim().max(255).optional().meta({
    description: "Text in the account's or the computer's name. Not case-sensitive.",
  }),
} as const;

const SHARED_FILTERS = ["site", "account", "computer", "q", "range", "from", "to"] as const;

/**
 * The filters of other reports that a query names and its own schema lacks. They aren't ignored as unknown parameters
 * are, so that readers don't take all rows for those of one site or day.
 */
export function foreignFilters(schema: z.ZodObject, names: Iterable<string>): string[] {
  const given = new Set(names);
  return SHARED_FILTERS.filter((name) => given.has(name) && !(name in schema.shape));
}

/** The range of reports about a moment, which decides nothing. */
const ofNoMatter = <Type extends z.ZodType>(type: Type): Type =>
  type.meta({ description: "Has no effect here: at gives the time." });
export const withoutRange = {
  range: ofNoMatter(reportQueryShape.range),
  from: ofNoMatter(reportQueryShape.from),
  to: ofNoMatter(reportQueryShape.to),
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
        "Only failures from this address. A trailing * matches all addresses that start this way, and - matches failures without an address.",
      examples: ["203.0.113.7", "10.0.*"],
    }),
  reason: z
    .string()
    .trim()
    .max(255)
    .overwrite(renamedReason)
    .optional()
    .meta({
      description:
        "Only failures for this reason: its words in the report grouped by reason, or its code in eight hex digits.",
      examples: ["Incorrect password", "c000006a"],
    }),
} as const;

export const reportQuery = z.object(reportQueryShape);
export type ReportQuery = z.output<typeof reportQuery>;

/** Whether the query names a range: lists of what there is are not held to one by default. */
export function hasOwnRange({ range, from, to }: Pick<ReportQuery, "range" | "from" | "to">): boolean {
  return range !== undefined || from !== undefined || to !== undefined;
}

/** What the lists of accounts and computers can be asked for; unlike reports they are held to no range by default. */
export const listQueryShape = {
  ...reportQueryShape,
  range: reportQueryShape.range.meta({
    description: "Only what was seen on these whole local days, judged by when it was first and last seen.",
  }),
} as const;

/** The order of a list, by the words given; `ties` says how equal rows are sorted. */
export function sortParam<Word extends string>(
  words: readonly Word[],
  usual: NoInfer<Word>,
  ties = "by company and ID",
) {
  return z
    .enum(words)
    .default(usual as never)
    .meta({
      description: `A column to sort by; a leading - reverses the order. Equal rows are sorted ${ties}.`,
    });
}
