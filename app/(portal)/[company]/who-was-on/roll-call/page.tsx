import type { Metadata } from "next";
import { FirstEvent } from "@/components/events-screen/first-event";
import { PageHeader } from "@/components/layout/page-header";
import { ReportRefused } from "@/components/layout/report-refused";
import { RollCallView } from "@/components/who-was-on/roll-call-view";
import { rollCallQuery } from "@/lib/domain/reports/roll-call";
import { firstEventGuide } from "@/lib/server/first-event-guide";
import { requireCompany } from "@/lib/server/guards";
import { readInQueue } from "@/lib/server/report-page";
import { readScreenAsk } from "@/lib/server/report-screen";
import { textParam } from "@/lib/server/search-params";
import { readRollCallScreen } from "@/lib/services/reports/roll-call-screen";
import { revealKeyAction } from "../../events/actions";

type Props = PageProps<"/[company]/who-was-on/roll-call">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { company } = await requireCompany(params);
  return { title: `Roll call · ${company?.name ?? "All companies"}` };
}

export default async function RollCallPage({ params, searchParams }: Props) {
  const view = await requireCompany(params);
  const given = await searchParams;
  const now = Date.now();
  const { ask, ignored } = readScreenAsk(rollCallQuery, given, view.timeZone, now);
  const screen = await readInQueue(view, (scope, signal) =>
    readRollCallScreen(scope, { ...ask, signal }, textParam(given, "page")),
  );
  if ("refusal" in screen) return <ReportRefused heading="Who was on" {...screen.refusal} />;
  if (!screen.hasEvents) {
    return (
      <>
        <PageHeader title="Who was on" />
        <FirstEvent {...await firstEventGuide(view)} revealAction={revealKeyAction} />
      </>
    );
  }
  return (
    <RollCallView
      {...screen}
      query={ask.query}
      zone={ask.zone}
      readAt={now}
      ignored={ignored}
      companyRef={view.companyRef}
      companyNames={
        view.company ? undefined : Object.fromEntries(view.access.companies.map(({ id, name }) => [id, name]))
      }
    />
  );
}
