import type { Metadata } from "next";
import { FirstEvent } from "@/components/events-screen/first-event";
import { PageHeader } from "@/components/layout/page-header";
import { ReportRefused } from "@/components/layout/report-refused";
import { TimeSpentView } from "@/components/time-spent/time-spent-view";
import { ianaZone } from "@/lib/domain/zones";
import { firstEventGuide } from "@/lib/server/first-event-guide";
import { requireCompany } from "@/lib/server/guards";
import { readInQueue } from "@/lib/server/report-page";
import { readTimeSpentScreen } from "@/lib/services/reports/time-spent-screen";
import { revealKeyAction } from "../../events/actions";

export async function generateMetadata({ params }: PageProps<"/[company]/time-spent">): Promise<Metadata> {
  const { company } = await requireCompany(params);
  return { title: `Time spent · ${company?.name ?? "All companies"}` };
}

export default async function TimeSpentPage({ params, searchParams }: PageProps<"/[company]/time-spent">) {
  const view = await requireCompany(params);
  const now = Date.now();
  const query = await searchParams;
  const screen = await readInQueue(view, (scope, signal) =>
    readTimeSpentScreen(scope, query, ianaZone(view.timeZone), now, signal),
  );
  if ("refusal" in screen) return <ReportRefused heading="Time spent" {...screen.refusal} />;
  if (!screen.hasEvents) {
    return (
      <>
        <PageHeader title="Time spent" />
        <FirstEvent {...await firstEventGuide(view)} revealAction={revealKeyAction} />
      </>
    );
  }
  return (
    <TimeSpentView
      screen={{ ...screen, rows: [...screen.rows] }}
      readAt={now}
      companyRef={view.companyRef}
      companyNames={
        view.company ? undefined : Object.fromEntries(view.access.companies.map(({ id, name }) => [id, name]))
      }
    />
  );
}
