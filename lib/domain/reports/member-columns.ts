import { companyRoleText, globalRoleText } from "../actor";
import type { TextKey } from "../text";
import { companyColumn, flagColumn, instantColumn, integerColumn, sortable, textColumn } from "./columns";
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

/** Several states at once, as the list of one company's members chooses them; a person may be in more than one. */
export const MEMBER_STATE_GROUPS = ["enabled", "disabled", "unaccepted"] as const;

export const MEMBER_STATE_FILTER_TEXT: Readonly<
  Record<MemberState | (typeof MEMBER_STATE_GROUPS)[number], TextKey>
> = {
  ...MEMBER_STATE_TEXT,
  enabled: "reportStates.enabled",
  disabled: "reportStates.notEnabled",
  unaccepted: "reportStates.unaccepted",
};

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
