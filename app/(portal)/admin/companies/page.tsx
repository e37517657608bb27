import type { Metadata } from "next";
import { CompaniesView } from "@/components/companies/companies-view";
import { requirePermission } from "@/lib/server/guards";
import { nameCursorParam, textParam } from "@/lib/server/search-params";
import { readCompanies } from "@/lib/services/companies/read-companies";
import { readSettings } from "@/lib/services/settings/read-settings";
import { addCompanyAction } from "./actions";

export const metadata: Metadata = { title: "Companies" };

export default async function CompaniesPage({ searchParams }: PageProps<"/admin/companies">) {
  const { access, session } = await requirePermission("company:create");
  const params = await searchParams;
  const page = await readCompanies(access.scope, textParam(params, "q"), nameCursorParam(params));
  const zone = session.timeZone ?? (await readSettings()).timeZone;
  return <CompaniesView {...page} zone={zone} addAction={addCompanyAction} />;
}
