import { z } from "zod";
import { isIanaZone } from "../zones";
import { isRangeEnd, REPORT_PRESETS } from "./report-range";

const id = z
  .string()
  .regex(/^[1-9]\d{0,8}$/, "must be an id, a whole number above 0")
  .transform(Number);

const rangeEnd = z
  .string()
  .refine(isRangeEnd, "must be an instant such as 2026-01-05T10:00:00Z, or a day such as 2026-01-05");

/** What every report can be asked for, by the names of its address; screens and the read API share it. */
export const reportQueryShape = {
  range: z.enum(REPORT_PRESETS).optional(),
  from: rangeEnd.optional(),
  to: rangeEnd.optional(),
  /** IANA zone of days and hours; by default that of the screen. */
  tz: z.string().refine(isIanaZone, "must be an IANA time zone such as Europe/London").optional(),
  site: id.optional(),
  account: id.optional(),
  computer: id.optional(),
  /** Contained in the account's or the computer's name, in any case. */
  q: z.string().trim().max(255).optional(),
} as const;

export const reportQuery = z.object(reportQueryShape);
export type ReportQuery = z.output<typeof reportQuery>;
