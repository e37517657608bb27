import type { TableCount } from "@/components/data-table/count-label";
import { EventsView } from "@/components/events-screen/events-view";
import { Texts } from "@/components/ui/texts";
import { ianaZone } from "@/lib/domain/zones";
import { companyTitle } from "@/lib/server/company-page";
import { requireCompany } from "@/lib/server/guards";
import { readEventsScreen } from "@/lib/services/events/read-events-screen";
import { NoEventsYet } from "../report-page";

export const generateMetadata = companyTitle("nav.events");

export default async function EventsPage({ params, searchParams }: PageProps<"/[company]/events">) {
  const view = await requireCompany(params);
  const now = Date.now();
  const screen = await readEventsScreen(view.scope, await searchParams, ianaZone(view.timeZone), now);
  if (screen.page?.hasEvents === false) {
    return <NoEventsYet heading="Events" view={view} />;
  }
  const count = screen.count.then(
    (known): TableCount | null => known && { ...known, noun: ["event", "events"] },
  );
  return (
    <Texts of={["eventKinds", "failureReasons", "logonTypes"]}>
      <EventsView
        {...screen}
        count={count}
        readAt={now}
        zone={view.timeZone}
        companyRef={view.companyRef}
        companies={view.company ? undefined : view.access.companies.map(({ id, name }) => ({ id, name }))}
      />
    </Texts>
  );
}
