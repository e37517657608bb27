"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { screenColumns } from "@/components/data-table/report-columns";
import { NameLink } from "@/components/lists/name-link";
import type { ListFilter } from "@/components/lists/list-filters";
import { RelativeTime } from "@/components/time/relative-time";
import { Badge, type BadgeProps } from "@/components/ui/badge";
import { useWords } from "@/components/ui/use-words";
import { COMPANY_ROLES, companyRoleText } from "@/lib/domain/actor";
import type { MembersQuery } from "@/lib/domain/reports/members";
import {
  MEMBER_COLUMNS,
  MEMBER_STATE_FILTER_TEXT,
  MEMBER_STATE_GROUPS,
  MEMBER_STATE_TEXT,
  MEMBER_STATES,
  type MemberRow,
  type MemberState,
} from "@/lib/domain/reports/member-columns";
import type { Text } from "@/lib/domain/text";
import { AllCompaniesList, type AllCompaniesPage } from "./all-companies-list";

const STATE_VARIANT: Readonly<Record<MemberState, BadgeProps["variant"]>> = {
  active: "success",
  inactive: "outline",
  waiting: "warning",
  invited: "secondary",
};
const HIDDEN = { isHiddenAtFirst: true };

/** The members of all companies. */
export function AllMembersView(props: AllCompaniesPage<MembersQuery, MemberRow>) {
  const t = useTranslations("allCompanies");
  const columns = useColumns(props.zone);
  return (
    <AllCompaniesList
      {...props}
      title={t("members")}
      report="members"
      columns={columns}
      getRowId={(row) => `${row.companyId}-${row.userId}`}
      searchLabel={t("searchMembers")}
      filters={useFilters()}
      noun={[t("oneMembership"), t("manyMemberships")]}
      emptyTitle={t("noMembers")}
    />
  );
}

function useFilters(): ListFilter[] {
  const t = useTranslations("allCompanies");
  const word = useWords("reportColumns", "reportStates", "roles");
  const choices = <Value extends string>(values: readonly Value[], text: (value: Value) => string | Text) =>
    values.map((value) => ({ value, label: word(text(value)) }));
  return [
    { name: "role", label: t("role"), choices: choices(COMPANY_ROLES, companyRoleText) },
    {
      name: "state",
      label: word({ key: "reportColumns.state" }),
      choices: choices(MEMBER_STATES, (state) => ({ key: MEMBER_STATE_TEXT[state] })),
      // Only an address holds the list to several states at once.
      other: (value) => {
        const group = MEMBER_STATE_GROUPS.find((each) => each === value);
        return group && word({ key: MEMBER_STATE_FILTER_TEXT[group] });
      },
    },
    {
      name: "mfa",
      label: word({ key: "reportColumns.twoFactor" }),
      choices: (["on", "off"] as const).map((value) => ({ value, label: t(value) })),
    },
  ];
}

function useColumns(zone: string) {
  const t = useTranslations("allCompanies");
  const word = useWords("reportStates");
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
          cell: ({ state }) => (
            <Badge variant={STATE_VARIANT[state]}>{word({ key: MEMBER_STATE_TEXT[state] })}</Badge>
          ),
        },
        mfa: { cell: ({ mfaEnabled }) => t(mfaEnabled ? "on" : "off") },
        lastSignIn: {
          cell: ({ lastSignInAt }) =>
            lastSignInAt === null ? t("never") : <RelativeTime at={lastSignInAt} zone={zone} />,
        },
        globalRole: HIDDEN,
        created: HIDDEN,
      }),
    [zone, t, word],
  );
}
