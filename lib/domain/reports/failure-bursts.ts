import { KIND_TEXT, type EventKind } from "../events/kinds";
import type { TextKey } from "../text";
import type { Burst } from "../failures/burst-finder";
import { companyColumn, instantColumn, integerColumn, textColumn } from "./columns";
import type { Report } from "./report";
import { z } from "zod";
import { failureFilterShape, reportQueryShape } from "./report-query";

export const failureBurstsQuery = z.object({ ...reportQueryShape, ...failureFilterShape });
export type FailureBurstsQuery = z.output<typeof failureBurstsQuery>;

/** A success soon after many failures, which may be the attacker's. */
export interface SuccessAfter {
  /** Epoch milliseconds. */
  at: number;
  kind: EventKind;
  accountId: number;
  userName: string;
  computerId: number;
  computerName: string;
  /** As the events' addresses name it. */
  event: string;
}

/** A burst of failures (see BurstFinder for the rule); times in epoch milliseconds. */
export interface FailureBurstRow {
  kind: Burst["kind"];
  companyId: number;
  companyName: string;
  accountId: number | null;
  userName: string | null;
  address: string | null;
  from: number;
  to: number;
  failures: number;
  lockouts: number;
  accounts: number;
  computers: number;
  addresses: number;
  success: SuccessAfter | null;
}

const BURST_TEXT: Readonly<Record<Burst["kind"], TextKey>> = {
  account: "reports.burstOfAccount",
  address: "reports.burstFromAddress",
};

export const failureBurstsReport: Report<FailureBurstsQuery, FailureBurstRow> = {
  name: "failure-bursts",
  title: "reports.failureBurstsTitle",
  apiSummary:
    "Five failed logons of one account, or of five accounts from one address, within ten minutes. A burst continues while the next failure follows within ten minutes, and includes the first success up to an hour later. Bursts followed by a success come first, then the newest. Filters keep a burst if one of its failures matches.",
  query: failureBurstsQuery,
  columns: (_, { isManyCompanies }) => [
    textColumn("burst", "reports.burst", (row) => ({ key: BURST_TEXT[row.kind] })),
    textColumn("userName", "reportColumns.account", (row) => row.userName),
    textColumn("address", "reportColumns.address", (row) => row.address),
    ...(isManyCompanies ? [companyColumn<FailureBurstRow>()] : []),
    instantColumn("from", "reportColumns.from", (row) => row.from),
    instantColumn("to", "reportColumns.to", (row) => row.to),
    integerColumn("failures", "reportColumns.failedLogons", (row) => row.failures),
    integerColumn("lockouts", "reportColumns.lockouts", (row) => row.lockouts),
    integerColumn("accounts", "reportColumns.accounts", (row) => row.accounts),
    integerColumn("computers", "reportColumns.computers", (row) => row.computers),
    integerColumn("addresses", "reportColumns.addresses", (row) => row.addresses),
    instantColumn("successAt", "reports.successAt", (row) => row.success?.at ?? null),
    textColumn("successKind", "reports.successKind", (row) => row.success?.kind ?? null, {
      words: KIND_TEXT,
    }),
    textColumn("successUserName", "reports.successAccount", (row) => row.success?.userName ?? null),
    textColumn("successComputerName", "reports.successComputer", (row) => row.success?.computerName ?? null),
    textColumn("successEvent", "reports.successEvent", (row) => row.success?.event ?? null, {
      isOptional: true,
    }),
  ],
};
