import { z } from "zod";
import { editOf } from "../edit-input";
import { listOf, rowId } from "../form-input";
import { domainOf, isMailAddress, mailboxesOf } from "../mail/address";
import { issue } from "../text";
import { SCHEDULE_RANGES } from "./schedule-range";
import { SCHEDULE_FORMATS } from "./schedule-words";

/** Members and other addresses of one schedule together. */
export const MOST_RECIPIENTS = 50;
const MOST_DOMAINS = 50;
const LAST_DAY = "last";

const words = z.string().transform((text) => text.split(/[\s,;]+/).filter((word) => word !== ""));

/** Between blanks, commas or lines; each once, whatever its case. */
const addressList = words
  .transform(mailboxesOf)
  .refine((texts) => texts.every(isMailAddress), issue("scheduleErrors.addressesWrong"));

const domainList = words
  .transform((texts) => [...new Set(texts.map((text) => text.replace(/^@/, "").toLowerCase()))].toSorted())
  .refine((texts) => texts.every((text) => isMailAddress(`a@${text}`)), issue("scheduleErrors.domainsWrong"))
  .refine(
    (texts) => texts.length <= MOST_DOMAINS,
    issue("scheduleErrors.domainsTooMany", { max: MOST_DOMAINS }),
  );

const fields = {
  kind: z.enum(["daily", "weekly", "monthly"], issue("scheduleErrors.frequencyMissing")),
  weekday: z
    .string()
    .regex(/^[1-7]$/, issue("scheduleErrors.weekdayMissing"))
    .transform(Number),
  /** 0 is the month's last day. */
  day: z
    .string()
    .refine(
      (text) => text === LAST_DAY || /^([1-9]|1\d|2[0-8])$/.test(text),
      issue("scheduleErrors.dayMissing"),
    )
    .transform((text) => (text === LAST_DAY ? 0 : Number(text))),
  time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, issue("scheduleErrors.timeWrong"))
    .transform((text) => ({ hour: Number(text.slice(0, 2)), minute: Number(text.slice(3)) })),
  range: z.enum(SCHEDULE_RANGES, issue("scheduleErrors.periodMissing")),
  format: z.enum(SCHEDULE_FORMATS, issue("scheduleErrors.formatMissing")),
  memberIds: listOf(rowId, MOST_RECIPIENTS),
  addresses: addressList,
};

export const newScheduleForm = z.object({
  viewId: rowId,
  ...fields,
  weekday: fields.weekday.default(1),
  day: fields.day.default(1),
  addresses: fields.addresses.default([]),
});
export type NewScheduleInput = z.output<typeof newScheduleForm>;

export const scheduleChangeForm = editOf({ scheduleId: rowId }, fields, { weekday: "kind", day: "kind" });
export type ScheduleChange = z.output<typeof scheduleChangeForm>;

export const scheduleRef = z.object({ scheduleId: rowId });
export const reportDomainsForm = editOf({}, { reportDomains: domainList });

/** Whether a report may go to an address that is no member's. Subdomains count as domains of their own. */
export function isAllowedAddress(address: string, domains: readonly string[]): boolean {
  return domains.includes(domainOf(address));
}
