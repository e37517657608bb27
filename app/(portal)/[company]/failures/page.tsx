import type { Metadata } from "next";
import { FirstEvent } from "@/components/events-screen/first-event";
import { FailuresView } from "@/components/failures/failures-view";
import { PageHeader } from "@/components/layout/page-header";
import { ReportRefused } from "@/components/layout/report-refused";
import { failuresQuery } from "@/lib/domain/reports/failures";
import { firstEventGuide } from "@/lib/server/first-event-guide";
import { requireCompany } from "@/lib/server/guards";
import { readInQueue } from "@/lib/server/report-page";
import { readScreenAsk } from "@/lib/server/report-screen";
import { textParam } from "@/lib/server/search-params";
import { readFailuresScreen } from "@/lib/services/reports/failures-screen";
import { revealKeyAction } from "../events/actions";

type Props = PageProps<"/[company]/failures">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { company } = await requireCompany(params);
  return { title: `Failed logons · ${company?.name ?? "All companies"}` };
}

export default async function FailuresPage({ params, searchParams }: Props) {
  const view = await requireCompany(params);
  const query = await searchParams;
  const now = Date.now();
  const { ask, ignored } = readScreenAsk(failuresQuery, query, view.timeZone, now);
  const screen = await readInQueue(view, (scope, signal) =>
    readFailuresScreen(scope, { ...ask, signal }, textParam(query, "page")),
  );
  if ("refusal" in screen) return <ReportRefused heading="Failed logons" {...screen.refusal} />;
  if (!screen.hasEvents) {
    return (
      <>
        <PageHeader title="Failed logons" />
        <FirstEvent {...await firstEventGuide(view)} revealAction={revealKeyAction} />
      </>
    );
  }
  return (
    <FailuresView
      {...screen}
      query={ask.query}
      range={ask.range}
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
