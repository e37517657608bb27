import { Texts } from "@/components/ui/texts";
import { UsersView } from "@/components/users/users-view";
import { contextOf } from "@/lib/server/actions";
import { requirePortalUserList } from "@/lib/server/guards";
import { nameCursorParam } from "@/lib/server/search-params";
import { portalTitle } from "@/lib/server/texts/guarded-title";
import { portalUserFilterOf, userFilesQuery } from "@/lib/server/user-filter";
import { canMailPersons } from "@/lib/services/mail/mail-pool";
import { readSettings } from "@/lib/services/settings/read-settings";
import { readUsers } from "@/lib/services/users/read-users";
import * as actions from "./actions";

export const generateMetadata = portalTitle("users.title", requirePortalUserList);

export default async function UsersPage({ searchParams }: PageProps<"/admin/users">) {
  const user = await requirePortalUserList();
  const params = await searchParams;
  const { companies } = user.access;
  const filter = portalUserFilterOf(params, companies);
  const page = await readUsers(contextOf(user), filter, { after: nameCursorParam(params) });
  return (
    <Texts of={["users", "roles", "exports"]}>
      <UsersView
        {...page}
        exportQuery={userFilesQuery(filter)}
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
