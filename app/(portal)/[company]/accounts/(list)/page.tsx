import type { Metadata } from "next";
import { AccountsView } from "@/components/accounts/accounts-view";
import { accountsQuery } from "@/lib/domain/reports/accounts";
import { requireCompany } from "@/lib/server/guards";
import { readScreenAsk } from "@/lib/server/report-screen";
import { textParam } from "@/lib/server/search-params";
import { readAccountsScreen } from "@/lib/services/fleet/read-accounts-screen";

type Props = PageProps<"/[company]/accounts">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { company } = await requireCompany(params);
  return { title: `Accounts · ${company?.name ?? "All companies"}` };
}

export default async function AccountsPage({ params, searchParams }: Props) {
  const { company, access, scope, companyRef, timeZone } = await requireCompany(params);
  const query = await searchParams;
  const now = Date.now();
  const { ask, ignored } = readScreenAsk(accountsQuery, query, timeZone, now);
  return (
    <AccountsView
      {...await readAccountsScreen(scope, ask, textParam(query, "after"))}
      companyRef={companyRef}
      zone={ask.zone}
      readAt={now}
      ignored={ignored}
      sortWord={ask.query.sort}
      companyNames={
        company ? undefined : Object.fromEntries(access.companies.map(({ id, name }) => [id, name]))
      }
    />
  );
}
