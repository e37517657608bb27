import { getTranslations } from "next-intl/server";
import { AllMembersView } from "@/components/all-companies/all-members-view";
import { ReportRefused } from "@/components/layout/report-refused";
import { Texts } from "@/components/ui/texts";
import { UsersView } from "@/components/users/users-view";
import { can } from "@/lib/domain/permissions";
import { membersQuery } from "@/lib/domain/reports/members";
import { contextOf } from "@/lib/server/actions";
import { readAllCompanies } from "@/lib/server/all-companies";
import { companyTitle } from "@/lib/server/company-page";
import { requireCompanyPermission } from "@/lib/server/guards";
import { nameCursorParam } from "@/lib/server/search-params";
import { memberFilesQuery, userFilterOf } from "@/lib/server/user-filter";
import { canMailPersons } from "@/lib/services/mail/mail-pool";
import { readMembers } from "@/lib/services/reports/members";
import { readUsers } from "@/lib/services/users/read-users";
import * as actions from "../../admin/users/actions";

type Props = PageProps<"/[company]/members">;

export const generateMetadata = companyTitle("nav.members", "user:list");

export default async function MembersPage({ params, searchParams }: Props) {
  const t = await getTranslations("users");
  const opened = await requireCompanyPermission(params, "user:list");
  if ("choices" in opened) {
    const { screen, frame } = await readAllCompanies(opened, membersQuery, await searchParams, readMembers);
    if ("refusal" in screen) return <ReportRefused heading={t("membersTitle")} {...screen.refusal} />;
    return (
      <Texts of={["allCompanies", "reportStates", "roles"]}>
        <AllMembersView {...frame} page={screen} />
      </Texts>
    );
  }
  const { company, access, timeZone } = opened.managed;
  const query = await searchParams;
  // The global role is no filter of this list.
  const filter = { ...userFilterOf(query), globalRole: null, companyId: company.id };
  const page = await readUsers(contextOf(opened.managed), filter, {
    companyId: company.id,
    after: nameCursorParam(query),
  });
  const newAdmin = {
    userId: null,
    globalRole: "User",
    memberships: [{ companyId: company.id, role: "CompanyAdmin" }],
  };
  return (
    <Texts of={["users", "roles"]}>
      <UsersView
        {...page}
        exportQuery={memberFilesQuery(filter)}
        zone={timeZone}
        company={{ id: company.id, name: company.name }}
        companies={[{ id: company.id, name: company.name }]}
        isGlobalAdmin={access.actor.globalRole === "GlobalAdmin"}
        managedCompanyIds={can(access.actor, "user:create", newAdmin) ? [company.id] : []}
        canInvite={canMailPersons()}
        actions={{ ...actions }}
      />
    </Texts>
  );
}
