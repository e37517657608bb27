import { z } from "zod";
import { COMPANY_ROLE_LABEL, GLOBAL_ROLE_LABEL } from "../actor";
import {
  companyColumn,
  flagColumn,
  instantColumn,
  integerColumn,
  sortable,
  sortWordsOf,
  textColumn,
} from "./columns";
import type { Report } from "./report";
import { reportQueryShape } from "./report-query";
import type { ReportColumn } from "./report-table";

/**
 * Whether a person can sign in; waiting: registered by themselves and never activated yet; invited: has not chosen a
 * password yet.
 */
export const MEMBER_STATES = ["active", "inactive", "waiting", "invited"] as const;
export type MemberState = (typeof MEMBER_STATES)[number];
export const MEMBER_STATE_LABEL: Readonly<Record<MemberState, string>> = {
  active: "Active",
  inactive: "Inactive",
  waiting: "Waiting",
  invited: "Invited",
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
    textColumn("username", "User", (row) => row.username),
    textColumn("email", "E-mail", (row) => row.email),
    textColumn("role", "Role here", (row) => COMPANY_ROLE_LABEL[row.role] ?? row.role),
    textColumn("state", "State", (row) => MEMBER_STATE_LABEL[row.state]),
    flagColumn("mfa", "Two-factor authentication", (row) => row.mfaEnabled),
    instantColumn("lastSignIn", "Last sign-in", (row) => row.lastSignInAt),
    textColumn("globalRole", "Global role", (row) => GLOBAL_ROLE_LABEL[row.globalRole] ?? row.globalRole),
    instantColumn("created", "Created", (row) => row.createdAt),
  ]),
  integerColumn("companyId", "Company number", (row) => row.companyId, { isOptional: true }),
  integerColumn("userId", "User number", (row) => row.userId, { isOptional: true }),
];

export const membersQuery = z.object({
  ...reportQueryShape,
  q: reportQueryShape.q.meta({
    description: "Contained in the username, the mail address or the company's name, in any case.",
  }),
  role: z.enum(MEMBER_ROLES).optional().meta({ description: "Only people with this role in the company." }),
  state: z.enum(MEMBER_STATES).optional().meta({ description: "Only people in this state." }),
  sort: z.enum(sortWordsOf(MEMBER_COLUMNS)).default("company").meta({
    description: "A column; with - before it the other way round. Equal rows stand by company and username.",
  }),
});
export type MembersQuery = z.output<typeof membersQuery>;

export const membersReport: Report<MembersQuery, MemberRow> = {
  name: "members",
  title: "Members",
  summary:
    "The people of every company whose members the reader may list, with role, state and last sign-in. Only for signed-in people; the range is of no matter.",
  action: "user:list",
  isForPeople: true,
  query: membersQuery,
  range: (_, now) => ({ from: now, to: now }),
  columns: () => MEMBER_COLUMNS,
  filterWords: ({ role, state }) => [
    ...(role ? [`Role: ${COMPANY_ROLE_LABEL[role]}`] : []),
    ...(state ? [`State: ${MEMBER_STATE_LABEL[state]}`] : []),
  ],
};
