import { z } from "zod";
import type { TextKey } from "../text";
import { companyRoleText, globalRoleText } from "../actor";
import {
  companyColumn,
  flagColumn,
  instantColumn,
  integerColumn,
  sortable,
  sortWordsOf,
  textColumn,
} from "./columns";
import { filterText } from "./filter-text";
import type { Report } from "./report";
import { reportQueryShape } from "./report-query";
import type { ReportColumn } from "./report-table";

/**
 * Whether a person can sign in; waiting: registered by themselves and never activated yet; invited: has not chosen a
 * password yet.
 */
export const MEMBER_STATES = ["active", "inactive", "waiting", "invited"] as const;
export type MemberState = (typeof MEMBER_STATES)[number];

export const MEMBER_STATE_TEXT: Readonly<Record<MemberState, TextKey>> = {
  active: "reportStates.active",
  inactive: "reportStates.inactive",
  waiting: "reportStates.waiting",
  invited: "reportStates.invited",
};

export const MEMBER_ROLES = ["CompanyAdmin", "User"] as const;

/** A person in one company; a person in three companies has three rows. Instants in epoch milliseconds. */
export interface MemberRow {
  companyId: number;
  companyName: string;
  userId: number;
  username: string;
  email: string;
  /** In the company. */
  role: string;
  globalRole: string;
  state: MemberState;
  mfaEnabled: boolean;
  createdAt: number;
  lastSignInAt: number | null;
}

export const MEMBER_COLUMNS: readonly ReportColumn<MemberRow>[] = [
  ...sortable<MemberRow>([
    companyColumn(),
    textColumn("username", "reportColumns.user", (row) => row.username),
    textColumn("email", "reportColumns.email", (row) => row.email),
    textColumn("role", "reportColumns.role", (row) => companyRoleText(row.role), {
      order: (row) => row.role,
    }),
    textColumn("state", "reportColumns.state", (row) => ({ key: MEMBER_STATE_TEXT[row.state] }), {
      order: (row) => row.state,
    }),
    flagColumn("mfa", "reportColumns.twoFactor", (row) => row.mfaEnabled),
    instantColumn("lastSignIn", "reportColumns.lastSignIn", (row) => row.lastSignInAt),
    textColumn("globalRole", "reportColumns.globalRole", (row) => globalRoleText(row.globalRole), {
      order: (row) => row.globalRole,
    }),
    instantColumn("created", "reportColumns.created", (row) => row.createdAt),
  ]),
  integerColumn("companyId", "reports.companyId", (row) => row.companyId, { isOptional: true }),
  integerColumn("userId", "reports.userId", (row) => row.userId, { isOptional: true }),
];

export const membersQuery = z.object({
  ...reportQueryShape,
  q: reportQueryShape.q.meta({
    description: "Text in the username, the email address, or the company's name. Not case-sensitive.",
  }),
  role: z.enum(MEMBER_ROLES).optional().meta({ description: "Only members with this role in the company." }),
  state: z.enum(MEMBER_STATES).optional().meta({ description: "Only members in this state." }),
  sort: z.enum(sortWordsOf(MEMBER_COLUMNS)).default("company").meta({
    description:
      "A column to sort by; a leading - reverses the order. Equal rows are sorted by company and username.",
  }),
});
export type MembersQuery = z.output<typeof membersQuery>;

export const membersReport: Report<MembersQuery, MemberRow> = {
  name: "members",
  title: "reports.membersTitle",
  apiSummary:
    "Members of every company whose members you may list, with role, state, and last sign-in. Only for signed-in users. The range has no effect.",
  action: "user:list",
  isForPeople: true,
  query: membersQuery,
  range: (_, now) => ({ from: now, to: now }),
  columns: () => MEMBER_COLUMNS,
  filterWords: ({ role, state }) => [
    ...(role ? [filterText("reportColumns.role", companyRoleText(role))] : []),
    ...(state ? [filterText("reportColumns.state", { key: MEMBER_STATE_TEXT[state] })] : []),
  ],
};
