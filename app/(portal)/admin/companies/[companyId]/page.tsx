import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CompanyEditor } from "@/components/companies/company-editor";
import { Texts } from "@/components/ui/texts";
import { listZones } from "@/lib/domain/zones";
import { requireCompanyAdministration } from "@/lib/server/guards";
import { guardedTitle } from "@/lib/server/texts/guarded-title";
import { readCompany } from "@/lib/services/companies/read-companies";
import { readSettings } from "@/lib/services/settings/read-settings";
import {
  deleteCompanyAction,
  previewCompanyRetentionAction,
  purgeCompanyAction,
  updateCompanyAction,
} from "../actions";

type Props = PageProps<"/admin/companies/[companyId]">;

export function generateMetadata({ params }: Props): Promise<Metadata> {
  return guardedTitle(async () => {
    const { company } = await requireCompanyAdministration(params, "company:update");
    return (await getTranslations("companies"))("pageTitle", { company: company.name });
  });
}

export default async function CompanyPage({ params }: Props) {
  const { scope } = await requireCompanyAdministration(params, "company:update");
  const [{ company, holdings }, settings] = await Promise.all([readCompany(scope), readSettings()]);
  return (
    <Texts of={["companies"]}>
      <CompanyEditor
        company={company}
        holdings={holdings}
        inherited={settings}
        zones={listZones()}
        updateAction={updateCompanyAction}
        previewAction={previewCompanyRetentionAction}
        purgeAction={purgeCompanyAction}
        deleteAction={deleteCompanyAction}
      />
    </Texts>
  );
}
