import { getTranslations } from "next-intl/server";
import { DashboardView } from "@/components/dashboard/dashboard-view";
import { FirstStepsCard } from "@/components/fleet/first-steps-card";
import { Texts } from "@/components/ui/texts";
import { CHART_RANGES, type ChartRange } from "@/lib/domain/chart-buckets";
import { can } from "@/lib/domain/permissions";
import { ianaZone } from "@/lib/domain/zones";
import { firstStepsFor } from "@/lib/server/first-steps";
import { companyTitle } from "@/lib/server/company-page";
import { companyNamesOf } from "@/lib/server/listed-companies";
import { requireCompany } from "@/lib/server/guards";
import { readAttention } from "@/lib/services/dashboard/read-attention";
import { readDashboard } from "@/lib/services/dashboard/read-dashboard";

interface DashboardPageProps {
  params: Promise<{ company: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = companyTitle("nav.dashboard");

export default async function DashboardPage({ params, searchParams }: DashboardPageProps) {
  const view = await requireCompany(params);
  const range = chartRangeOf((await searchParams).range);
  const { actor } = view.access;
  const [dashboard, attention, firstSteps] = await Promise.all([
    readDashboard(view.scope, ianaZone(view.timeZone), range),
    readAttention(actor, view.scope),
    firstStepsFor(view),
  ]);
  const t = await getTranslations("pages");
  const maySeeSites = view.scope.companyIds.some((companyId) => can(actor, "site:manage", { companyId }));
  return (
    <Texts of={["charts", "dashboard", "eventKinds", "firstSteps"]}>
      <DashboardView
        dashboard={dashboard}
        attention={attention}
        maySeeSites={maySeeSites}
        range={range}
        companyRef={view.companyRef}
        title={view.company?.name ?? t("allCompanies")}
        companyNames={companyNamesOf(view)}
        zone={view.timeZone}
        firstSteps={firstSteps && <FirstStepsCard {...firstSteps} zone={view.timeZone} />}
      />
    </Texts>
  );
}

function chartRangeOf(asked: string | string[] | undefined): ChartRange {
  return CHART_RANGES.find((range) => range === asked) ?? "today";
}
