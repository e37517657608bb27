import type { EventKind } from "../events/kinds";
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

const BURST_WORDS: Readonly<Record<Burst["kind"], string>> = {
  account: "Repeated failures, one account",
  address: "Many accounts from one address",
};

export const failureBurstsReport: Report<FailureBurstsQuery, FailureBurstRow> = {
  name: "failure-bursts",
  title: "Bursts of failed logons",
  summary:
    "Five failed logons of one account, or of five accounts from one address, within ten minutes, with what followed them within ten minutes each, and the first success up to an hour after. Bursts followed by a success come first, then the newest. Filters keep the bursts that one of their failures belongs to.",
  query: failureBurstsQuery,
  columns: (_, { isManyCompanies }) => [
    textColumn("burst", "Burst", (row) => BURST_WORDS[row.kind]),
    textColumn("userName", "Account", (row) => row.userName),
    textColumn("address", "Address", (row) => row.address),
    ...(isManyCompanies ? [companyColumn<FailureBurstRow>()] : []),
    instantColumn("from", "From", (row) => row.from),
    instantColumn("to", "To", (row) => row.to),
    integerColumn("failures", "Failed logons", (row) => row.failures),
    integerColumn("lockouts", "Lockouts", (row) => row.lockouts),
    integerColumn("accounts", "Accounts", (row) => row.accounts),
    integerColumn("computers", "Computers", (row) => row.computers),
    integerColumn("addresses", "Addresses", (row) => row.addresses),
    instantColumn("successAt", "Success after", (row) => row.success?.at ?? null),
    textColumn("successKind", "Success by", (row) => row.success?.kind ?? null),
    textColumn("successUserName", "Success of", (row) => row.success?.userName ?? null),
    textColumn("successComputerName", "Success on", (row) => row.success?.computerName ?? null),
    textColumn("successEvent", "Event", (row) => row.success?.event ?? null, { isOptional: true }),
  ],
};
