import { renamedReason } from "../former-reasons";
import { readRowId } from "../row-id";
import { EVENT_KINDS, FAILURE_KINDS, START_KINDS, type EventKind } from "./kinds";
import {
  DEFAULT_RANGE_PRESET,
  formatMinute,
  parseMinute,
  RANGE_PRESETS,
  type EventRange,
} from "./event-range";
import { cutToCodePoints, trimWhiteSpace, withoutUnstorable } from "./wire-text";

export const PAGE_SIZES = [50, 100, 250, 500, 1000] as const;
export type PageSize = (typeof PAGE_SIZES)[number];
export const DEFAULT_PAGE_SIZE: PageSize = 100;

export const EVENT_SORTS = ["time", "account", "computer", "site", "kind"] as const;
export type EventSort = (typeof EVENT_SORTS)[number];

/** Within equal accounts, computers, sites or kinds the newest event comes first whatever the direction. */
export interface EventOrder {
  by: EventSort;
  isDescending: boolean;
}
export const NEWEST_FIRST: EventOrder = { by: "time", isDescending: true };

/** Which events are wanted. Empty lists and null ask for nothing in particular. */
export interface EventFilters {
  range: EventRange;
  kinds: readonly EventKind[];
  siteIds: readonly number[];
  accountId: number | null;
  computerId: number | null;
  /** Contained in the account's or the computer's name, in any case. */
  search: string;
  /** Of failures alone: where they came from, all that begin so with * at the end, - for those that do not say. */
  address: string;
  /** Of failures alone: why they failed, by its name (reasonName) or in English. */
  reason: string;
}

/** All that the address of the Events screen says. */
export interface EventsRequest {
  /** The company that a list of several is held to; null for all of them. */
  only: number | null;
  filters: EventFilters;
  order: EventOrder;
  pageSize: PageSize;
  /** Where the page begins: after or before the row an opaque cursor names; null for the first page. */
  page: { after: string } | { before: string } | null;
  isLive: boolean;
}

export const NO_FILTERS: EventFilters = {
  range: { preset: DEFAULT_RANGE_PRESET },
  kinds: [],
  siteIds: [],
  accountId: null,
  computerId: null,
  search: "",
  address: "",
  reason: "",
};
export const DEFAULT_REQUEST: EventsRequest = {
  only: null,
  filters: NO_FILTERS,
  order: NEWEST_FIRST,
  pageSize: DEFAULT_PAGE_SIZE,
  page: null,
  isLive: true,
};

/** Kinds that are chosen together often enough to have a name. */
export const KIND_GROUPS = [
  { name: "logons", kinds: EVENT_KINDS.filter((kind) => START_KINDS.has(kind)) },
  { name: "failures", kinds: EVENT_KINDS.filter((kind) => FAILURE_KINDS.has(kind)) },
] as const;

export const SEARCH_LENGTH_LIMIT = 255;
const IDS_LIMIT = 200;

/** Parameters as Next or URLSearchParams give them. */
export type RawParams = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface ParsedEventsRequest {
  request: EventsRequest;
  /** What was left out because it could not be understood, such as `kind=logonn`, in the order of the address. */
  ignored: string[];
}

/**
 * Reads the address of the Events screen. Never throws: what makes no sense is left out and told in `ignored`, but for
 * `only`, of which the page knows whether its reader may see that company.
 *
 * Cursors are passed on unchanged; the code that reads them checks them.
 */
export function parseEventsRequest(params: RawParams): ParsedEventsRequest {
  const reader = new ParamReader(params);
  const only = readId(reader.text("only")) ?? null;
  const filters: EventFilters = {
    range: readRange(reader),
    kinds: reader.list("kind", (text) => EVENT_KINDS.find((kind) => kind === text)),
    siteIds: reader.list("site", readId),
    accountId: reader.one("account", readId) ?? null,
    computerId: reader.one("computer", readId) ?? null,
    search: cleanSearch(reader.text("q")),
    address: cleanSearch(reader.text("address")),
    reason: renamedReason(cleanSearch(reader.text("reason"))),
  };
  const order = reader.one("sort", readOrder) ?? NEWEST_FIRST;
  const pageSize =
    reader.one("size", (text) => PAGE_SIZES.find((size) => String(size) === text)) ?? DEFAULT_PAGE_SIZE;
  const isLive = reader.one("live", (text) => (text === "off" ? false : undefined)) ?? true;
  const page = readPage(reader);
  return { request: { only, filters, order, pageSize, page, isLive }, ignored: reader.ignored };
}

/** Search text as it can be looked for: trimmed, without what no name can hold, at most as long as a name. */
export function cleanSearch(text: string): string {
  return trimWhiteSpace(cutToCodePoints(withoutUnstorable(text), SEARCH_LENGTH_LIMIT));
}

function readPage(reader: ParamReader): EventsRequest["page"] {
  const after = reader.text("after");
  const before = reader.text("before");
  if (after) return { after };
  return before ? { before } : null;
}

function readRange(reader: ParamReader): EventRange {
  const preset = reader.one("range", (text) => RANGE_PRESETS.find((name) => name === text));
  const from = reader.one("from", (text) => parseMinute(text) ?? undefined);
  const to = reader.one("to", (text) => parseMinute(text) ?? undefined);
  if (preset) return { preset };
  if (from !== undefined && (to === undefined || to > from)) return { from, to: to ?? null };
  if (to !== undefined) reader.ignore("to");
  if (from !== undefined) reader.ignore("from");
  return { preset: DEFAULT_RANGE_PRESET };
}

function readId(text: string): number | undefined {
  return readRowId(text) ?? undefined;
}

function readOrder(text: string): EventOrder | undefined {
  const isDescending = text.startsWith("-");
  const name = isDescending ? text.slice(1) : text;
  const by = EVENT_SORTS.find((sort) => sort === name);
  return by && { by, isDescending };
}

class ParamReader {
  readonly ignored: string[] = [];

  constructor(private readonly params: RawParams) {}

  text(name: string): string {
    const value = Object.hasOwn(this.params, name) ? this.params[name] : undefined;
    return (typeof value === "string" ? value : value?.[0]) ?? "";
  }

  ignore(name: string, text = this.text(name)): void {
    const shown = withoutUnstorable(text);
    this.ignored.push(`${name}=${shown.length > 40 ? `${cutToCodePoints(shown, 40)}…` : shown}`);
  }

  one<T>(name: string, read: (text: string) => T | undefined): T | undefined {
    const text = this.text(name);
    if (text === "") return undefined;
    const value = read(text);
    if (value === undefined) this.ignore(name);
    return value;
  }

  /** Comma-separated or repeated; each value once, in the order given. */
  list<T>(name: string, read: (text: string) => T | undefined): T[] {
    const given = Object.hasOwn(this.params, name) ? this.params[name] : undefined;
    const texts = (typeof given === "string" ? [given] : (given ?? [])).flatMap((text) => text.split(","));
    const values = new Set<T>();
    for (const text of texts) {
      if (text === "") continue;
      const value = values.size < IDS_LIMIT ? read(text) : undefined;
      if (value === undefined) this.ignore(name, text);
      else values.add(value);
    }
    return [...values];
  }
}

/** The query string of a request, without the question mark; defaults are left out, so the plain screen has none. */
export function formatEventsRequest(request: EventsRequest): string {
  const { only, filters, order, pageSize, page, isLive } = request;
  const parts: [string, string][] = [...rangeParams(filters.range)];
  if (filters.kinds.length > 0) parts.push(["kind", filters.kinds.join(",")]);
  if (filters.siteIds.length > 0) parts.push(["site", filters.siteIds.join(",")]);
  for (const [name, id] of [
    ["only", only],
    ["account", filters.accountId],
    ["computer", filters.computerId],
  ] as const) {
    if (id !== null) parts.push([name, String(id)]);
  }
  for (const [name, text] of [
    ["q", filters.search],
    ["address", filters.address],
    ["reason", filters.reason],
  ] as const) {
    if (text !== "") parts.push([name, text]);
  }
  if (order.by !== NEWEST_FIRST.by || order.isDescending !== NEWEST_FIRST.isDescending) {
    parts.push(["sort", `${order.isDescending ? "-" : ""}${order.by}`]);
  }
  if (pageSize !== DEFAULT_PAGE_SIZE) parts.push(["size", String(pageSize)]);
  if (!isLive) parts.push(["live", "off"]);
  if (page) parts.push("after" in page ? ["after", page.after] : ["before", page.before]);
  // Commas and colons stand as they are: they are allowed in a query and keep the address readable.
  return parts
    .map(
      ([name, value]) => `${name}=${encodeURIComponent(value).replaceAll("%2C", ",").replaceAll("%3A", ":")}`,
    )
    .join("&");
}

function rangeParams(range: EventRange): [string, string][] {
  if ("preset" in range) return range.preset === DEFAULT_RANGE_PRESET ? [] : [["range", range.preset]];
  const from: [string, string] = ["from", formatMinute(range.from)];
  return range.to === null ? [from] : [from, ["to", formatMinute(range.to)]];
}

/** Whether anything but the time range narrows the list. */
export function hasFilters(filters: EventFilters): boolean {
  return (
    filters.kinds.length > 0 ||
    filters.siteIds.length > 0 ||
    filters.accountId !== null ||
    filters.computerId !== null ||
    filters.search !== "" ||
    filters.address !== "" ||
    filters.reason !== ""
  );
}

export type { EventRange };
