import { AccountsView } from "@/components/accounts/accounts-view";
import { ReportRefused } from "@/components/layout/report-refused";
import { Texts } from "@/components/ui/texts";
import { accountsQuery } from "@/lib/domain/reports/accounts";
import { companyTitle } from "@/lib/server/company-page";
import { readListedAsk } from "@/lib/server/listed-companies";
import { requireCompany } from "@/lib/server/guards";
import { readListInQueue } from "@/lib/server/report-page";
import { textParam } from "@/lib/server/search-params";
import { readAccountsScreen } from "@/lib/services/fleet/read-accounts-screen";

type Props = PageProps<"/[company]/accounts">;

export const generateMetadata = companyTitle("nav.accounts");

export default async function AccountsPage({ params, searchParams }: Props) {
  const view = await requireCompany(params);
  const query = await searchParams;
  const now = Date.now();
  const { ask, scope, names, ignored } = readListedAsk(accountsQuery, query, view, now);
  const screen = await readListInQueue({ ...view, scope }, (signal) =>
    readAccountsScreen(scope, { ...ask, signal }, textParam(query, "after")),
  );
  if ("refusal" in screen) return <ReportRefused heading={{ key: "nav.accounts" }} {...screen.refusal} />;
  return (
    <Texts of={["accounts", "reportStates"]}>
      <AccountsView {...screen} {...names} zone={ask.zone} readAt={now} ignored={ignored} query={ask.query} />
    </Texts>
  );
}
