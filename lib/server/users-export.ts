import type { NextRequest } from "next/server";
import { companyRoleText, globalRoleText } from "@/lib/domain/actor";
import { filterText } from "@/lib/domain/reports/filter-text";
import { wordText, type Reader, type Text, type TextKey } from "@/lib/domain/text";
import { ianaZone } from "@/lib/domain/zones";
import { narrowToCompanies } from "@/lib/services/access/read-access";
import { recordReportExport } from "@/lib/services/audit/record-report-export";
import { readSettings } from "@/lib/services/settings/read-settings";
import type { UserFilter, UserView } from "@/lib/services/users/read-users";
import { streamUsers } from "@/lib/services/users/stream-users";
import { contextOf } from "./actions";
import type { SignedIn } from "./guards";
import { listFileResponse } from "./list-file";
import { listTable, type ListColumn } from "./list-table";
import { isStillAllowed, whileAllowed } from "./still-allowed";
import { portalUserFilterOf } from "./user-filter";

const COLUMNS: readonly ListColumn<UserView>[] = [
  { header: "users.user", value: ({ username }) => username },
  { header: "users.email", value: ({ email }) => email },
  { header: "users.state", value: (user) => ({ key: stateOf(user) }) },
  { header: "users.linkValidUntil", kind: "instant", value: ({ invitation }) => invitation?.until ?? null },
  { header: "users.companies", value: companiesOf },
  { header: "users.globalRole", value: ({ globalRole }) => globalRoleText(globalRole) },
  { header: "users.twoFactor", value: (user) => ({ key: twoFactorOf(user) }) },
  { header: "users.lastSignIn", kind: "instant", value: ({ lastSignInAt }) => lastSignInAt },
  { header: "users.created", kind: "instant", value: ({ createdAt }) => createdAt },
];

function stateOf({ invitation, isActive, isWaiting }: UserView): TextKey {
  if (invitation && isActive) return "users.invited";
  if (isWaiting) return "users.waiting";
  return isActive ? "users.active" : "users.inactive";
}

function twoFactorOf({ mfaEnabled, isMfaDue }: UserView): TextKey {
  if (mfaEnabled) return "users.on";
  return isMfaDue ? "users.requiredNotSetUp" : "users.off";
}

function companiesOf({ memberships }: UserView, reader: Reader): string | null {
  const named = memberships.map(({ companyName, role }) =>
    wordText(
      { key: "users.companyWithRole", values: { company: companyName, role: companyRoleText(role) } },
      reader,
    ),
  );
  return named.length === 0 ? null : named.join(", ");
}

const STATE_CHOICE: Readonly<Record<NonNullable<UserFilter["state"]>, TextKey>> = {
  active: "users.active",
  inactive: "users.inactive",
  waiting: "users.waitingForActivation",
  invited: "users.invited",
};

function filterWordsOf(
  { search, state, globalRole, companyId, companyRole, mfa }: UserFilter,
  companies: readonly { id: number; name: string }[],
): Text[] {
  const company = companies.find(({ id }) => id === companyId);
  return [
    ...(search ? [filterText("lists.search", search)] : []),
    ...(state ? [filterText("users.state", { key: STATE_CHOICE[state] })] : []),
    ...(globalRole ? [filterText("users.globalRole", globalRoleText(globalRole))] : []),
    ...(company ? [filterText("users.company", company.name)] : []),
    ...(companyRole ? [filterText("users.companyRole", companyRoleText(companyRole))] : []),
    ...(mfa ? [filterText("users.twoFactor", { key: `users.${mfa}` })] : []),
  ];
}

/**
 * The users whom the person may list, under the filters of the address, as a file by name.
 *
 * @throws AccessDenied `forbidden` below Admin; AppError as `listFileResponse`.
 */
export async function usersFileResponse(request: NextRequest, user: SignedIn): Promise<Response> {
  const { access, session, auditActor } = user;
  const filter = portalUserFilterOf(Object.fromEntries(request.nextUrl.searchParams), access.companies);
  const users = streamUsers(contextOf(user), filter);
  const { globalRole } = access.actor;
  const isAllowed = () =>
    isStillAllowed(user, {
      // Whom an Admin may list hangs on the companies; everyone is a GlobalAdmin's to list.
      scope: globalRole === "GlobalAdmin" ? null : access.scope,
      isOfRole: (actor) => actor.globalRole === globalRole || actor.globalRole === "GlobalAdmin",
      mayIdle: true,
    });
  const zone = ianaZone(session.timeZone ?? (await readSettings()).timeZone);
  const told = filter.companyId === null ? access.scope : narrowToCompanies(access.scope, [filter.companyId]);
  return listFileResponse(request, user, {
    name: "users",
    facts: {
      title: { key: "users.title" },
      companyName: null,
      range: null,
      filterWords: filterWordsOf(filter, access.companies),
      zone,
    },
    scope: null,
    table: (_, reader) => listTable(COLUMNS, whileAllowed(users, isAllowed), { zone, reader }),
    record: (exported) =>
      recordReportExport(auditActor, told, { report: "users", isOfPortal: true, ...exported }),
    isAllowed,
  });
}
