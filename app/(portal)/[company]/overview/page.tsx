import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { ReportRefused } from "@/components/layout/report-refused";
import { OverviewView } from "@/components/overview/overview-view";
import { Texts } from "@/components/ui/texts";
import { can } from "@/lib/domain/permissions";
import { currentRequestGone } from "@/lib/request-context";
import { requireCompany } from "@/lib/server/guards";
import { orRefused, readerOf } from "@/lib/server/report-page";
import { titleWithin } from "@/lib/server/company-page";
import { readScreenAsk } from "@/lib/server/report-screen";
import { companiesQuery } from "@/lib/domain/reports/companies";
import { readOverviewScreen } from "@/lib/services/overview/read-overview-screen";

type Props = PageProps<"/[company]/overview">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { company } = await requireCompany(params);
  const t = await getTranslations("overview");
  return { title: company ? await titleWithin(company, t("title")) : t("companiesTitle") };
}

export default async function OverviewPage({ params, searchParams }: Props) {
  const view = await requireCompany(params);
  const { company, access, scope, companyRef, timeZone } = view;
  // All companies in view is a matter for those who see several.
  const [only, ...others] = access.companies;
  if (!company && only && others.length === 0) redirect(`/${only.id}/overview`);
  const now = Date.now();
  const { ask, ignored } = readScreenAsk(companiesQuery, await searchParams, timeZone, now);
  const asked = { ...ask, signal: currentRequestGone() };
  const screen = await orRefused(() => readOverviewScreen(scope, asked, readerOf(view)));
  if ("refusal" in screen) return <ReportRefused heading={{ key: "overview.title" }} {...screen.refusal} />;
  return (
    <Texts of={["overview"]}>
      <OverviewView
        {...screen}
        range={ask.range}
        companyRef={companyRef}
        sitesOf={scope.companyIds.filter((companyId) => can(access.actor, "site:manage", { companyId }))}
        companyName={company?.name ?? null}
        zone={ask.zone}
        readAt={now}
        ignored={ignored}
        sortWord={ask.query.sort}
      />
    </Texts>
  );
}
