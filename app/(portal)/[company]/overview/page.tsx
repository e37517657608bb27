import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { OverviewView } from "@/components/overview/overview-view";
import { requireCompany } from "@/lib/server/guards";
import { readScreenAsk } from "@/lib/server/report-screen";
import { companiesQuery } from "@/lib/domain/reports/companies";
import { readOverviewScreen } from "@/lib/services/overview/read-overview-screen";

type Props = PageProps<"/[company]/overview">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { company } = await requireCompany(params);
  return { title: company ? `Overview · ${company.name}` : "Companies overview" };
}

export default async function OverviewPage({ params, searchParams }: Props) {
  const { company, access, scope, companyRef, timeZone } = await requireCompany(params);
  // All companies in view is a matter for those who see several.
  const [only, ...others] = access.companies;
  if (!company && only && others.length === 0) redirect(`/${only.id}/overview`);
  const now = Date.now();
  const { ask, ignored } = readScreenAsk(companiesQuery, await searchParams, timeZone, now);
  return (
    <OverviewView
      {...await readOverviewScreen(scope, ask)}
      range={ask.range}
      companyRef={companyRef}
      companyName={company?.name ?? null}
      zone={ask.zone}
      readAt={now}
      ignored={ignored}
      sortWord={ask.query.sort}
    />
  );
}
