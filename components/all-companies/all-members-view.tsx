"use client";

import { useMemo } from "react";
import { screenColumns } from "@/components/data-table/report-columns";
import { NameLink } from "@/components/lists/name-link";
import { RelativeTime } from "@/components/time/relative-time";
import { Badge, type BadgeProps } from "@/components/ui/badge";
import { COMPANY_ROLE_LABEL } from "@/lib/domain/actor";
import {
  MEMBER_COLUMNS,
  MEMBER_ROLES,
  MEMBER_STATE_LABEL,
  type MemberRow,
  type MembersQuery,
  type MemberState,
} from "@/lib/domain/reports/members";
import { AllCompaniesList, type AllCompaniesPage } from "./all-companies-list";

const STATE_VARIANT: Readonly<Record<MemberState, BadgeProps["variant"]>> = {
  active: "success",
  inactive: "outline",
  waiting: "warning",
  invited: "secondary",
};
const FILTERS = [
  {
    name: "role",
    label: "Role",
    choices: MEMBER_ROLES.map((value) => ({ value, label: COMPANY_ROLE_LABEL[value] ?? value })),
  },
  {
    name: "state",
    label: "State",
    choices: Object.entries(MEMBER_STATE_LABEL).map(([value, label]) => ({ value, label })),
  },
];
const HIDDEN = { isHiddenAtFirst: true };

/** The members of all companies. */
export function AllMembersView(props: AllCompaniesPage<MembersQuery, MemberRow>) {
  const columns = useColumns(props.zone);
  return (
    <AllCompaniesList
      {...props}
      title="Members"
      report="members"
      columns={columns}
      getRowId={(row) => `${row.companyId}-${row.userId}`}
      searchLabel="Search user or company"
      filters={FILTERS}
      noun={["membership", "memberships"]}
      things="members"
    />
  );
}

function useColumns(zone: string) {
  return useMemo(
    () =>
      screenColumns(MEMBER_COLUMNS, zone, {
        username: {
          isIdentity: true,
          cell: ({ companyId, userId, username }) => (
            <NameLink href={`/${companyId}/members/${userId}`} name={username} />
          ),
        },
        state: {
          cell: ({ state }) => <Badge variant={STATE_VARIANT[state]}>{MEMBER_STATE_LABEL[state]}</Badge>,
        },
        mfa: { cell: ({ mfaEnabled }) => (mfaEnabled ? "On" : "Off") },
        lastSignIn: {
          cell: ({ lastSignInAt }) =>
            lastSignInAt === null ? "Never" : <RelativeTime at={lastSignInAt} zone={zone} />,
        },
        globalRole: HIDDEN,
        created: HIDDEN,
      }),
    [zone],
  );
}
