import { ComputersView } from "@/components/computers/computers-view";
import { ReportRefused } from "@/components/layout/report-refused";
import { Texts } from "@/components/ui/texts";
import { can } from "@/lib/domain/permissions";
import { computersQuery } from "@/lib/domain/reports/computers";
import { companyTitle } from "@/lib/server/company-page";
import { readListedAsk } from "@/lib/server/listed-companies";
import { requireCompany } from "@/lib/server/guards";
import { readListInQueue } from "@/lib/server/report-page";
import { textParam } from "@/lib/server/search-params";
import { readSilentAfter } from "@/lib/services/companies/change-silent-after";
import { readComputersScreen } from "@/lib/services/fleet/read-computers-screen";
import { changeSilentAfterAction } from "../actions";

type Props = PageProps<"/[company]/computers">;

export const generateMetadata = companyTitle("nav.computers");

export default async function ComputersPage({ params, searchParams }: Props) {
  const view = await requireCompany(params);
  const { company, access } = view;
  const query = await searchParams;
  const now = Date.now();
  const { ask, only, scope, names, ignored } = readListedAsk(computersQuery, query, view, now);
  const mayManage = (id: number) => can(access.actor, "site:manage", { companyId: id });
  const [screen, minutes] = await Promise.all([
    readListInQueue({ ...view, scope }, (signal) =>
      readComputersScreen(scope, { ...ask, signal }, textParam(query, "after")),
    ),
    company && readSilentAfter(scope, company.id),
  ]);
  if ("refusal" in screen) return <ReportRefused heading={{ key: "nav.computers" }} {...screen.refusal} />;
  return (
    <Texts of={["computers", "computerHealth"]}>
      <ComputersView
        {...screen}
        companyRef={names.companyRef}
        heldRef={names.heldRef}
        only={only}
        zone={ask.zone}
        readAt={now}
        ignored={ignored}
        query={ask.query}
        companyNames={names.companyChoices}
        silentAfter={
          company && minutes !== null
            ? {
                companyId: company.id,
                companyName: company.name,
                minutes,
                action: mayManage(company.id) ? changeSilentAfterAction : null,
              }
            : undefined
        }
        mayInstall={company ? mayManage(company.id) : access.companies.some(({ id }) => mayManage(id))}
      />
    </Texts>
  );
}
