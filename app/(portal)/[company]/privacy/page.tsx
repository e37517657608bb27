import { CompanyChoice } from "@/components/lists/company-choice";
import { PrivacyView } from "@/components/privacy/privacy-view";
import { Texts } from "@/components/ui/texts";
import { can } from "@/lib/domain/permissions";
import { companyTitle } from "@/lib/server/company-page";
import { requireCompany } from "@/lib/server/guards";
import { textParam } from "@/lib/server/search-params";
import { scopeOfCompany } from "@/lib/services/access/read-access";
import { findPersons } from "@/lib/services/privacy/persons";
import { readPrivacyNotice } from "@/lib/services/privacy/privacy-text";
import { eraseAccountAction, savePrivacyTextAction } from "./actions";

type Props = PageProps<"/[company]/privacy">;

export const generateMetadata = companyTitle("nav.privacy");

export default async function PrivacyPage({ params, searchParams }: Props) {
  const { company, access, timeZone } = await requireCompany(params);
  if (!company) return <CompanyChoice titleKey="privacy.title" page="privacy" companies={access.companies} />;
  const scope = scopeOfCompany(access, company.id)!;
  const mayManage = can(access.actor, "privacy:manage", { companyId: company.id });
  const search = textParam(await searchParams, "q");
  const [notice, found] = await Promise.all([
    readPrivacyNotice(scope),
    mayManage ? findPersons({ scope }, search) : null,
  ]);
  return (
    <Texts of={["privacyRequests"]}>
      <PrivacyView
        companyId={company.id}
        notice={notice}
        found={found}
        search={search}
        zone={timeZone}
        saveAction={savePrivacyTextAction}
        eraseAction={eraseAccountAction}
      />
    </Texts>
  );
}
