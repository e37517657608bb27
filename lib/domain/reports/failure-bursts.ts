import type { EventKind } from "../events/kinds";
import type { Burst } from "../failures/burst-finder";
import type { Report } from "./report";
import { z } from "zod";
import { failureFilterShape, reportQueryShape } from "./report-query";
import type { ReportColumn } from "./report-table";

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
  account: "Many failures of one account",
  address: "Many accounts from one address",
};

const COMPANY: ReportColumn<FailureBurstRow> = {
  id: "company",
  header: "Company",
  kind: "text",
  value: (row) => row.companyName,
};

export const failureBurstsReport: Report<FailureBurstsQuery, FailureBurstRow> = {
  name: "failure-bursts",
  title: "Bursts of failed logons",
  summary:
    "Five failed logons of one account, or of five accounts from one address, within ten minutes, with what followed them within ten minutes each, and the first success up to an hour after. Bursts followed by a success come first, then the newest. Filters keep the bursts that one of their failures belongs to.",
  query: failureBurstsQuery,
  columns: (_, { isManyCompanies }) => [
    { id: "burst", header: "Burst", kind: "text", value: (row) => BURST_WORDS[row.kind] },
    { id: "userName", header: "Account", kind: "text", value: (row) => row.userName },
    { id: "address", header: "Address", kind: "text", value: (row) => row.address },
    ...(isManyCompanies ? [COMPANY] : []),
    { id: "from", header: "From", kind: "instant", value: (row) => row.from },
    { id: "to", header: "To", kind: "instant", value: (row) => row.to },
    { id: "failures", header: "Failed logons", kind: "integer", value: (row) => row.failures },
    { id: "lockouts", header: "Lockouts", kind: "integer", value: (row) => row.lockouts },
    { id: "accounts", header: "Accounts", kind: "integer", value: (row) => row.accounts },
    { id: "computers", header: "Computers", kind: "integer", value: (row) => row.computers },
    { id: "addresses", header: "Addresses", kind: "integer", value: (row) => row.addresses },
    { id: "successAt", header: "Success after", kind: "instant", value: (row) => row.success?.at ?? null },
    {
      id: "successKind",
      header: "Success by",
      kind: "text",
      value: (row) => row.success?.kind ?? null,
    },
    {
      id: "successUserName",
      header: "Success of",
      kind: "text",
      value: (row) => row.success?.userName ?? null,
    },
    {
      id: "successComputerName",
      header: "Success on",
      kind: "text",
      value: (row) => row.success?.computerName ?? null,
    },
    {
      id: "successEvent",
      header: "Event",
      kind: "text",
      value: (row) => row.success?.event ?? null,
      isOptional: true,
    },
  ],
};
