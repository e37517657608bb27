import { AllSitesView } from "@/components/all-companies/all-sites-view";
import { ReportRefused } from "@/components/layout/report-refused";
import { SitesView } from "@/components/sites/sites-view";
import { CompanyChoice } from "@/components/lists/company-choice";
import { Texts } from "@/components/ui/texts";
import { siteKeysQuery } from "@/lib/domain/reports/site-keys";
import { readAllCompanies } from "@/lib/server/all-companies";
import { companyTitle } from "@/lib/server/company-page";
import { requireCompanyPermission } from "@/lib/server/guards";
import { textParam } from "@/lib/server/search-params";
import { readSiteKeys } from "@/lib/services/reports/site-keys";
import { readSites } from "@/lib/services/sites/read-sites";
import * as actions from "./actions";

type Props = PageProps<"/[company]/sites">;

export const generateMetadata = companyTitle("pages.sites", "site:manage");

export default async function SitesPage({ params, searchParams }: Props) {
  const opened = await requireCompanyPermission(params, "site:manage");
  if ("choices" in opened) {
    const query = await searchParams;
    if (textParam(query, "do") === "add") {
      return <CompanyChoice titleKey="sites.addTitle" page="sites?do=add" companies={opened.choices} />;
    }
    const { screen, frame } = await readAllCompanies(opened, siteKeysQuery, query, readSiteKeys);
    if ("refusal" in screen) return <ReportRefused heading={{ key: "sites.title" }} {...screen.refusal} />;
    return (
      <Texts of={["allCompanies", "reportStates"]}>
        <AllSitesView {...frame} page={screen} />
      </Texts>
    );
  }
  const { company, scope, timeZone } = opened.managed;
  const now = Date.now();
  return (
    <Texts of={["sites"]}>
      <SitesView
        companyId={company.id}
        sites={await readSites({ scope }, timeZone, now)}
        zone={timeZone}
        readAt={now}
        actions={{ ...actions }}
      />
    </Texts>
  );
}
