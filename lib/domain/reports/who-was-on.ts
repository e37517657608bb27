import { z } from "zod";
import { formatEventReference, type EventRow } from "../events/event-row";
import { KIND_TEXT } from "../events/kinds";
import type { StretchKind } from "../time-spent/stretch-machine";
import { companyColumn, instantColumn, integerColumn, textColumn } from "./columns";
import { momentOf } from "./moment";
import { momentParam } from "./moment-param";
import type { Report } from "./report";
import { reportQueryShape, withoutRange } from "./report-query";
import type { ReportColumn } from "./report-table";
import { STATE_TEXT } from "./roll-call-columns";

export const whoWasOnQuery = z.object({
  ...reportQueryShape,
  ...withoutRange,
  at: momentParam.optional(),
  account: reportQueryShape.account.meta({
    description: "The ID of an account: where it was.",
  }),
  computer: reportQueryShape.computer.meta({
    description:
      "The ID of a computer: who was on it. With an account as well, whether that account was on it.",
  }),
  site: reportQueryShape.site.meta({
    description: "The ID of a site: only sessions that started under its key.",
  }),
});
export type WhoWasOnQuery = z.output<typeof whoWasOnQuery>;

/** An account on a computer at the moment, with its proof; instants in epoch milliseconds. */
export interface WhoWasOnRow {
  companyId: number;
  companyName: string;
  accountId: number;
  userName: string;
  computerId: number;
  computerName: string;
  siteName: string;
  state: StretchKind;
  since: number;
  /** Null while no end of it is known. */
  until: number | null;
  /** The event that began the stretch, and the one that ended it, if any has. */
  opened: EventRow;
  closed: EventRow | null;
}

/** The moment asked for, epoch milliseconds. */
export function momentAsked(
  { at }: Pick<WhoWasOnQuery, "at">,
  now: number,
  zone: Parameters<typeof momentOf>[1],
): number {
  return at === undefined ? now : momentOf(at, zone);
}

type Column = ReportColumn<WhoWasOnRow>;

const PROOF: Column[] = [
  textColumn("openedBy", "reports.startedWith", ({ opened }) => ({ key: KIND_TEXT[opened.kind] })),
  textColumn("closedBy", "reports.endedWith", ({ closed }) => closed && { key: KIND_TEXT[closed.kind] }),
  instantColumn("closedAt", "reports.endedAt", ({ closed }) => closed && closed.occurredAt),
];

const ON_REQUEST: Column[] = [
  textColumn("openedEvent", "reports.firstEvent", (row) => formatEventReference(row.opened)),
  textColumn("closedEvent", "reports.lastEvent", ({ closed }) => closed && formatEventReference(closed)),
  integerColumn("accountId", "reports.accountId", (row) => row.accountId),
  integerColumn("computerId", "reports.computerId", (row) => row.computerId),
];

export const whoWasOnReport: Report<WhoWasOnQuery, WhoWasOnRow> = {
  name: "who-was-on",
  title: "reports.whoWasOnTitle",
  screen: { page: "who-was-on" },
  needs: ["computer", "account"],
  apiSummary:
    "Who was on a computer at a given time, or where an account was: active, locked, or uncertain, from when to when, with the events that prove it.",
  query: whoWasOnQuery,
  range: (query, now, zone) => {
    const at = momentAsked(query, now, zone);
    return { from: at, to: at };
  },
  columns: (_, { isManyCompanies }) => [
    textColumn("userName", "reportColumns.account", (row) => row.userName),
    textColumn("computerName", "reportColumns.computer", (row) => row.computerName),
    ...(isManyCompanies ? [companyColumn<WhoWasOnRow>()] : []),
    textColumn("siteName", "reportColumns.site", (row) => row.siteName),
    textColumn("state", "reportColumns.state", (row) => row.state, { words: STATE_TEXT }),
    instantColumn("since", "reportColumns.since", (row) => row.since),
    instantColumn("until", "reports.until", (row) => row.until),
    ...PROOF,
    ...ON_REQUEST.map((column) => ({ ...column, isOptional: true })),
  ],
};
