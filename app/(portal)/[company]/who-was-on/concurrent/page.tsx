import type { Metadata } from "next";
import { FirstEvent } from "@/components/events-screen/first-event";
import { PageHeader } from "@/components/layout/page-header";
import { ReportRefused } from "@/components/layout/report-refused";
import { ConcurrentView } from "@/components/who-was-on/concurrent-view";
import { concurrentSessionsQuery } from "@/lib/domain/reports/concurrent-sessions";
import { firstEventGuide } from "@/lib/server/first-event-guide";
import { requireCompany } from "@/lib/server/guards";
import { readInQueue } from "@/lib/server/report-page";
import { readScreenAsk } from "@/lib/server/report-screen";
import { rowIdOf, textParam } from "@/lib/server/search-params";
import { readConcurrentSessionsScreen } from "@/lib/services/reports/concurrent-sessions-screen";
import { revealKeyAction } from "../../events/actions";

type Props = PageProps<"/[company]/who-was-on/concurrent">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { company } = await requireCompany(params);
  return { title: `Concurrent sessions · ${company?.name ?? "All companies"}` };
}

export default async function ConcurrentSessionsPage({ params, searchParams }: Props) {
  const view = await requireCompany(params);
  const given = await searchParams;
  const now = Date.now();
  const { ask, ignored } = readScreenAsk(concurrentSessionsQuery, given, view.timeZone, now);
  const page = rowIdOf(textParam(given, "page")) || 1;
  const screen = await readInQueue(view, (scope, signal) =>
    readConcurrentSessionsScreen(scope, { ...ask, signal }, page),
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
    <ConcurrentView
      screen={screen}
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
