import type { Metadata } from "next";
import type { TableCount } from "@/components/data-table/count-label";
import { EventsView } from "@/components/events-screen/events-view";
import { FirstEvent } from "@/components/events-screen/first-event";
import { PageHeader } from "@/components/layout/page-header";
import { ianaZone } from "@/lib/domain/zones";
import { requireCompany } from "@/lib/server/guards";
import { firstEventGuide } from "@/lib/server/first-event-guide";
import { readEventsScreen } from "@/lib/services/events/read-events-screen";
import { revealKeyAction } from "./actions";

export async function generateMetadata({ params }: PageProps<"/[company]/events">): Promise<Metadata> {
  const { company } = await requireCompany(params);
  return { title: `Events · ${company?.name ?? "All companies"}` };
}

export default async function EventsPage({ params, searchParams }: PageProps<"/[company]/events">) {
  const view = await requireCompany(params);
  const now = Date.now();
  const screen = await readEventsScreen(view.scope, await searchParams, ianaZone(view.timeZone), now);
  if (screen.page?.hasEvents === false) {
    return (
      <>
        <PageHeader title="Events" />
        <FirstEvent {...await firstEventGuide(view)} revealAction={revealKeyAction} />
      </>
    );
  }
  const count = screen.count.then(
    (known): TableCount | null => known && { ...known, noun: ["event", "events"] },
  );
  return (
    <EventsView
      {...screen}
      count={count}
      readAt={now}
      zone={view.timeZone}
      companyRef={view.companyRef}
      companies={view.company ? undefined : view.access.companies.map(({ id, name }) => ({ id, name }))}
    />
  );
}
