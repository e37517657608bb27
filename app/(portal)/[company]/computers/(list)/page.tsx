import type { Metadata } from "next";
import { ComputersView } from "@/components/computers/computers-view";
import { can } from "@/lib/domain/permissions";
import { computersQuery } from "@/lib/domain/reports/computers";
import { requireCompany } from "@/lib/server/guards";
import { readScreenAsk } from "@/lib/server/report-screen";
import { textParam } from "@/lib/server/search-params";
import { readSilentAfter } from "@/lib/services/companies/change-silent-after";
import { readComputersScreen } from "@/lib/services/fleet/read-computers-screen";
import { changeSilentAfterAction } from "../actions";

type Props = PageProps<"/[company]/computers">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { company } = await requireCompany(params);
  return { title: `Computers · ${company?.name ?? "All companies"}` };
}

export default async function ComputersPage({ params, searchParams }: Props) {
  const { company, access, scope, companyRef, timeZone } = await requireCompany(params);
  const query = await searchParams;
  const now = Date.now();
  const { ask, ignored } = readScreenAsk(computersQuery, query, timeZone, now);
  const mayManage = (id: number) => can(access.actor, "site:manage", { companyId: id });
  const [screen, minutes] = await Promise.all([
    readComputersScreen(scope, ask, textParam(query, "after")),
    company && readSilentAfter(scope, company.id),
  ]);
  return (
    <ComputersView
      {...screen}
      companyRef={companyRef}
      zone={ask.zone}
      readAt={now}
      ignored={ignored}
      sortWord={ask.query.sort}
      companyNames={
        company ? undefined : Object.fromEntries(access.companies.map(({ id, name }) => [id, name]))
      }
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
  );
}
