import { Texts } from "@/components/ui/texts";
import { UsersView } from "@/components/users/users-view";
import { contextOf } from "@/lib/server/actions";
import { requirePortalUserList } from "@/lib/server/guards";
import { nameCursorParam } from "@/lib/server/search-params";
import { pageTitle } from "@/lib/server/texts/page-title";
import { userFilterOf } from "@/lib/server/user-filter";
import { canMailPersons } from "@/lib/services/mail/mail-pool";
import { readSettings } from "@/lib/services/settings/read-settings";
import { readUsers } from "@/lib/services/users/read-users";
import * as actions from "./actions";

export const generateMetadata = pageTitle("users.title");

export default async function UsersPage({ searchParams }: PageProps<"/admin/users">) {
  const user = await requirePortalUserList();
  const params = await searchParams;
  const filter = userFilterOf(params);
  // A company one may not see filters nothing and tells nothing. Who sees a single one is offered no filter by company.
  const { companies } = user.access;
  const isVisible = companies.length > 1 && companies.some(({ id }) => id === filter.companyId);
  const page = await readUsers(
    contextOf(user),
    { ...filter, companyId: isVisible ? filter.companyId : null },
    { after: nameCursorParam(params) },
  );
  return (
    <Texts of={["users", "roles", "exports"]}>
      <UsersView
        {...page}
        exportQuery=""
        zone={user.session.timeZone ?? (await readSettings()).timeZone}
        companies={companies.map(({ id, name }) => ({ id, name }))}
        isGlobalAdmin={user.access.actor.globalRole === "GlobalAdmin"}
        managedCompanyIds={managedBy(user.access)}
        canInvite={canMailPersons()}
        actions={{ ...actions }}
      />
    </Texts>
  );
}

/** Companies in which the person may make company administrators. */
function managedBy({
  actor,
  companies,
}: Awaited<ReturnType<typeof requirePortalUserList>>["access"]): number[] {
  const own = actor.memberships
    .filter(({ role }) => role === "CompanyAdmin")
    .map(({ companyId }) => companyId);
  return actor.globalRole === "GlobalAdmin" ? companies.map(({ id }) => id) : own;
}
