import type { UserFilter } from "@/lib/services/users/read-users";
import { choiceParam, idParam, textParam, type SearchParams } from "./search-params";

/** The filter of a list of users, as its address says it. */
export function userFilterOf(params: SearchParams): UserFilter {
  return {
    search: textParam(params, "q"),
    globalRole: choiceParam(params, "role", ["GlobalAdmin", "Admin", "User"]),
    companyId: idParam(params, "company"),
    companyRole: choiceParam(params, "companyRole", ["CompanyAdmin", "User"]),
    state: choiceParam(params, "state", ["active", "inactive", "waiting", "invited"]),
    mfa: choiceParam(params, "mfa", ["on", "off"]),
  };
}
