import { getTranslations } from "next-intl/server";
import { Texts } from "@/components/ui/texts";
import { WhoWasOnView } from "@/components/who-was-on/who-was-on-view";
import { companyTitle } from "@/lib/server/company-page";
import { companyNamesOf } from "@/lib/server/listed-companies";
import { whoWasOnQuery } from "@/lib/domain/reports/who-was-on";
import { readOr404, requireCompany } from "@/lib/server/guards";
import { readScreenAsk } from "@/lib/server/report-screen";
import { readWhoWasOnScreen } from "@/lib/services/reports/who-was-on-screen";
import { NoEventsYet } from "../report-page";

type Props = PageProps<"/[company]/who-was-on">;

export const generateMetadata = companyTitle("nav.whoWasOn");

export default async function WhoWasOnPage({ params, searchParams }: Props) {
  const view = await requireCompany(params);
  const now = Date.now();
  const { ask, ignored } = readScreenAsk(whoWasOnQuery, await searchParams, view.timeZone, now);
  const screen = await readOr404(view, () => readWhoWasOnScreen(view.scope, ask));
  if (!screen.hasEvents) {
    const t = await getTranslations("whoWasOn");
    return <NoEventsYet heading={t("title")} view={view} />;
  }
  return (
    <Texts of={["whoWasOn"]}>
      <WhoWasOnView
        screen={screen}
        zone={ask.zone}
        readAt={now}
        ignored={ignored}
        companyRef={view.companyRef}
        companyNames={companyNamesOf(view)}
      />
    </Texts>
  );
}
