import { z } from "zod";
import { renamedReason } from "../former-reasons";
import { isRangeEnd, RANGE_END_WORDS } from "../reports/report-range";
import { rowIdParam, zoneParam } from "../reports/report-query";
import { readRowId } from "../row-id";
import { RANGE_PRESETS, type EventRange } from "./event-range";
import {
  cleanSearch,
  EVENT_SORTS,
  NEWEST_FIRST,
  NO_FILTERS,
  type EventFilters,
  type EventOrder,
} from "./filters";
import { EVENT_KINDS, type EventKind } from "./kinds";
import { addLocalDays, isLocalDate, localDateOf, startOfLocalDay, type IanaZone } from "../zones";

const MOST_IDS = 200;
const SORTS = EVENT_SORTS.flatMap((sort) => [sort, `-${sort}` as const]);

/** Values between commas, each once. */
const listOf = (isValue: (text: string) => boolean, words: string) =>
  z.string().refine((text) => {
    const values = text.split(",");
    return values.length <= MOST_IDS && values.every(isValue);
  }, words);

const rangeEnd = (words: string) =>
  z
    .string()
    .refine(isRangeEnd, RANGE_END_WORDS)
    .meta({ description: words, examples: ["2026-01-05", "2026-01-05T10:00:00Z"] });

/** The filters of events as the read API takes them: those of the Events screen's address, by the same names. */
export const eventsQuery = z.object({
  range: z.enum(RANGE_PRESETS).optional().meta({
    description:
      "A range by name. 48h is the last 48 hours; the others are whole local days, and 7d and 30d are today and the 6 or 29 days before it. The default is 48h.",
  }),
  from: rangeEnd("The start: an instant, or a local day. Overrides range.").optional(),
  to: rangeEnd("The end: an instant, which isn't included, or a local day, which is.").optional(),
  tz: zoneParam.optional(),
  kind: listOf(isKind, `must be kinds separated by commas: ${EVENT_KINDS.join(", ")}`)
    .optional()
    .meta({
      description: `Kinds, separated by commas: ${EVENT_KINDS.join(", ")}.`,
      examples: ["logon,unlock"],
    }),
  site: listOf((text) => readRowId(text) !== null, "must be site IDs separated by commas")
    .optional()
    .meta({ description: "Site IDs, separated by commas.", examples: ["1,4"] }),
  account: rowIdParam.optional().meta({ description: "The ID of an account." }),
  computer: rowIdParam.optional().meta({ description: "The ID of a computer." }),
  q: z.string().max(255).optional().meta({
    description: "Text in the account's or the computer's name. Not case-sensitive.",
  }),
  address: z.string().max(255).optional().meta({
    description:
      "Only failed logons and lockouts from this address. A trailing * matches all addresses that start this way, and - matches failures without an address.",
  }),
  reason: z.string().max(255).overwrite(renamedReason).optional().meta({
    description:
      "Only failed logons and lockouts for this reason: its words in the failures report, or its code in eight hex digits.",
  }),
  sort: z.enum(SORTS).optional().meta({
    description: "The order; a leading - reverses it. The default is -time, newest first.",
  }),
});
export type EventsQuery = z.output<typeof eventsQuery>;

function isKind(text: string): text is EventKind {
  return EVENT_KINDS.some((kind) => kind === text);
}

/** The filters and the order that a query stands for; null where its range ends before it begins. */
export function eventFiltersOf(
  query: EventsQuery,
  zone: IanaZone,
): { filters: EventFilters; order: EventOrder } | null {
  const range = rangeOf(query, zone);
  if (!range) return null;
  const filters: EventFilters = {
    range,
    kinds: [...new Set(query.kind?.split(",").filter(isKind))],
    siteIds: [...new Set(query.site?.split(",").map(Number))],
    accountId: query.account ?? null,
    computerId: query.computer ?? null,
    search: cleanSearch(query.q ?? ""),
    address: cleanSearch(query.address ?? ""),
    reason: cleanSearch(query.reason ?? ""),
  };
  const by = EVENT_SORTS.find((sort) => query.sort?.replace("-", "") === sort);
  return { filters, order: by ? { by, isDescending: query.sort!.startsWith("-") } : NEWEST_FIRST };
}

/** Without `to` the range is open, as an agent's clock may be ahead of ours; without `from` it is the one day of `to`. */
function rangeOf({ range, from, to }: EventsQuery, zone: IanaZone): EventRange | null {
  if (from === undefined && to === undefined) return range ? { preset: range } : NO_FILTERS.range;
  const end = to === undefined ? null : endOf(to, zone);
  const begin = startOf(from ?? localDateOf(end! - 1, zone), zone);
  return end === null || begin < end ? { from: begin, to: end } : null;
}

function startOf(text: string, zone: IanaZone): number {
  return isLocalDate(text) ? startOfLocalDay(text, zone) : Date.parse(text);
}

function endOf(text: string, zone: IanaZone): number {
  return isLocalDate(text) ? startOfLocalDay(addLocalDays(text, 1), zone) : Date.parse(text);
}
