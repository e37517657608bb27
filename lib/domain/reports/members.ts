import { z } from "zod";
import { COMPANY_ROLES, companyRoleText } from "../actor";
import { sortWordsOf } from "./columns";
import { filterText } from "./filter-text";
import {
  MEMBER_COLUMNS,
  MEMBER_STATE_FILTER_TEXT,
  MEMBER_STATE_GROUPS,
  MEMBER_STATES,
  type MemberRow,
} from "./member-columns";
import type { Report } from "./report";
import { rangeQueryShape, reportQueryShape, sortParam } from "./report-query";

export const membersQuery = z.object({
  ...rangeQueryShape,
  q: reportQueryShape.q.meta({
    description:
      "Text in the username, the email address, or, with several companies, the company's name. Not case-sensitive.",
  }),
  role: z.enum(COMPANY_ROLES).optional().meta({ description: "Only members with this role in the company." }),
  state: z
    .enum([...MEMBER_STATES, ...MEMBER_STATE_GROUPS])
    .optional()
    .meta({
      description:
        "Only members in this state. enabled means active or invited, disabled means inactive or waiting, and unaccepted means anyone who hasn't accepted an invitation yet, active or not.",
    }),
  mfa: z
    .enum(["on", "off"])
    .optional()
    .meta({ description: "Only members with two-factor authentication on, or only those with it off." }),
  sort: sortParam(sortWordsOf(MEMBER_COLUMNS), "company", "by company and username"),
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
  filterWords: ({ role, state, mfa }) => [
    ...(role ? [filterText("reportColumns.role", companyRoleText(role))] : []),
    ...(state ? [filterText("reportColumns.state", { key: MEMBER_STATE_FILTER_TEXT[state] })] : []),
    ...(mfa ? [filterText("reportColumns.twoFactor", { key: `users.${mfa}` })] : []),
  ],
};
