import type { Metadata } from "next";
import { FirstEvent } from "@/components/events-screen/first-event";
import { PageHeader } from "@/components/layout/page-header";
import { WhoWasOnView } from "@/components/who-was-on/who-was-on-view";
import { whoWasOnQuery } from "@/lib/domain/reports/who-was-on";
import { firstEventGuide } from "@/lib/server/first-event-guide";
import { readOr404, requireCompany } from "@/lib/server/guards";
import { readScreenAsk } from "@/lib/server/report-screen";
import { readWhoWasOnScreen } from "@/lib/services/reports/who-was-on-screen";
import { revealKeyAction } from "../events/actions";

type Props = PageProps<"/[company]/who-was-on">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { company } = await requireCompany(params);
  return { title: `Who was on · ${company?.name ?? "All companies"}` };
}

export default async function WhoWasOnPage({ params, searchParams }: Props) {
  const view = await requireCompany(params);
  const now = Date.now();
  const { ask, ignored } = readScreenAsk(whoWasOnQuery, await searchParams, view.timeZone, now);
  const screen = await readOr404(view, () => readWhoWasOnScreen(view.scope, ask));
  if (!screen.hasEvents) {
    return (
      <>
        <PageHeader title="Who was on" />
        <FirstEvent {...await firstEventGuide(view)} revealAction={revealKeyAction} />
      </>
    );
  }
  return (
    <WhoWasOnView
      screen={screen}
      zone={ask.zone}
      readAt={now}
      ignored={ignored}
      companyRef={view.companyRef}
      companyNames={
        view.company ? undefined : new Map(view.access.companies.map(({ id, name }) => [id, name]))
      }
    />
  );
}
