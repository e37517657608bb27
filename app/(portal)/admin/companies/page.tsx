import { CompaniesView } from "@/components/companies/companies-view";
import { Texts } from "@/components/ui/texts";
import { requirePermission } from "@/lib/server/guards";
import { nameCursorParam, textParam } from "@/lib/server/search-params";
import { portalTitle } from "@/lib/server/texts/guarded-title";
import { readCompanies } from "@/lib/services/companies/read-companies";
import { readSettings } from "@/lib/services/settings/read-settings";
import { addCompanyAction } from "./actions";

export const generateMetadata = portalTitle("companies.title", () => requirePermission("company:create"));

export default async function CompaniesPage({ searchParams }: PageProps<"/admin/companies">) {
  const { access, session } = await requirePermission("company:create");
  const params = await searchParams;
  const search = textParam(params, "q");
  const page = await readCompanies(access.scope, search, nameCursorParam(params));
  const zone = session.timeZone ?? (await readSettings()).timeZone;
  return (
    <Texts of={["companies", "exports"]}>
      <CompaniesView {...page} search={search} zone={zone} addAction={addCompanyAction} />
    </Texts>
  );
}
