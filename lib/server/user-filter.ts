import { COMPANY_ROLES, GLOBAL_ROLES } from "@/lib/domain/actor";
import { MEMBER_STATES } from "@/lib/domain/reports/member-columns";
import type { MembersQuery } from "@/lib/domain/reports/members";
import type { UserFilter } from "@/lib/services/users/read-users";
import { choiceParam, idParam, textParam, type SearchParams } from "./search-params";

/** The filter of a list of users, as its address says it. */
export function userFilterOf(params: SearchParams): UserFilter {
  return {
    search: textParam(params, "q"),
    globalRole: choiceParam(params, "role", GLOBAL_ROLES),
    companyId: idParam(params, "company"),
    companyRole: choiceParam(params, "companyRole", COMPANY_ROLES),
    state: choiceParam(params, "state", MEMBER_STATES),
    mfa: choiceParam(params, "mfa", ["on", "off"]),
  };
}

/**
 * The filter of the portal's list. A company outside the viewer's reach is ignored; with only one in reach there is no
 * filter by company.
 */
export function portalUserFilterOf(params: SearchParams, companies: readonly { id: number }[]): UserFilter {
  const filter = userFilterOf(params);
  const isVisible = companies.length > 1 && companies.some(({ id }) => id === filter.companyId);
  return { ...filter, companyId: isVisible ? filter.companyId : null };
}

/** The same filter as files take it, by the names of the address. */
export function userFilesQuery(filter: UserFilter): string {
  const { search: q, globalRole: role, companyId: company, companyRole, state, mfa } = filter;
  const given = Object.entries({ q, role, company, companyRole, state, mfa }).filter(([, value]) => value);
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
}

/** The states of this list as those of the report, which knows a person in one state alone unless asked for more. */
const REPORT_STATE: Readonly<Record<NonNullable<UserFilter["state"]>, NonNullable<MembersQuery["state"]>>> = {
  active: "enabled",
  inactive: "disabled",
  waiting: "waiting",
  invited: "unaccepted",
};

/** What files of one company's members are asked for, so that they have the rows of its list under the filter. */
export function memberFilesQuery({ search, companyRole, state, mfa }: UserFilter): string {
  return new URLSearchParams({
    ...(search && { q: search }),
    ...(companyRole && { role: companyRole }),
    ...(state && { state: REPORT_STATE[state] }),
    ...(mfa && { mfa }),
  }).toString();
}
