import { z } from "zod";
import { formatEventReference, type EventRow } from "../events/event-row";
import { KIND_LABEL } from "../events/kinds";
import type { StretchKind } from "../time-spent/stretch-machine";
import { companyColumn, instantColumn, integerColumn, textColumn } from "./columns";
import { momentOf, momentParam } from "./moment";
import type { Report } from "./report";
import { reportQueryShape } from "./report-query";
import type { ReportColumn } from "./report-table";

const NO_MATTER = "Of no matter here: the moment is given by at.";

export const whoWasOnQuery = z.object({
  ...reportQueryShape,
  range: reportQueryShape.range.meta({ description: NO_MATTER }),
  from: reportQueryShape.from.meta({ description: NO_MATTER }),
  to: reportQueryShape.to.meta({ description: NO_MATTER }),
  at: momentParam.optional(),
  account: reportQueryShape.account.meta({
    description: "The id of an account: where it was. An account or a computer must be given.",
  }),
  computer: reportQueryShape.computer.meta({
    description: "The id of a computer: who was on it. With an account besides, whether that one was.",
  }),
  site: reportQueryShape.site.meta({
    description: "The id of a site: only sessions that began under its key.",
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
  textColumn("openedBy", "Began with", ({ opened }) => KIND_LABEL[opened.kind]),
  textColumn("closedBy", "Ended with", ({ closed }) => closed && KIND_LABEL[closed.kind]),
  instantColumn("closedAt", "Ended at", ({ closed }) => closed && closed.occurredAt),
];

const ON_REQUEST: Column[] = [
  textColumn("openedEvent", "First event", (row) => formatEventReference(row.opened)),
  textColumn("closedEvent", "Last event", ({ closed }) => closed && formatEventReference(closed)),
  integerColumn("accountId", "Account number", (row) => row.accountId),
  integerColumn("computerId", "Computer number", (row) => row.computerId),
];

export const whoWasOnReport: Report<WhoWasOnQuery, WhoWasOnRow> = {
  name: "who-was-on",
  title: "Who was on",
  summary:
    "Who was on a computer at a moment, or where an account was: active, locked or uncertain, since when and until when, with the events that prove it.",
  query: whoWasOnQuery,
  range: (query, now, zone) => {
    const at = momentAsked(query, now, zone);
    return { from: at, to: at };
  },
  columns: (_, { isManyCompanies }) => [
    textColumn("userName", "Account", (row) => row.userName),
    textColumn("computerName", "Computer", (row) => row.computerName),
    ...(isManyCompanies ? [companyColumn<WhoWasOnRow>()] : []),
    textColumn("siteName", "Site", (row) => row.siteName),
    textColumn("state", "State", (row) => row.state),
    instantColumn("since", "Since", (row) => row.since),
    instantColumn("until", "Until", (row) => row.until),
    ...PROOF,
    ...ON_REQUEST.map((column) => ({ ...column, isOptional: true })),
  ],
};
