import type { Metadata } from "next";
import { FirstEvent } from "@/components/events-screen/first-event";
import { PageHeader } from "@/components/layout/page-header";
import { ReportRefused } from "@/components/layout/report-refused";
import { InactiveView } from "@/components/logons/inactive-view";
import { LogonsView } from "@/components/logons/logons-view";
import { inactiveQuery } from "@/lib/domain/reports/inactive";
import { logonsQuery } from "@/lib/domain/reports/logons";
import { firstEventGuide } from "@/lib/server/first-event-guide";
import { requireCompany } from "@/lib/server/guards";
import { readInQueue } from "@/lib/server/report-page";
import { readScreenAsk } from "@/lib/server/report-screen";
import { textParam } from "@/lib/server/search-params";
import { readInactiveScreen, readLogonsScreen } from "@/lib/services/reports/logons-screen";
import { revealKeyAction } from "../events/actions";

type Props = PageProps<"/[company]/logons">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { company } = await requireCompany(params);
  return { title: `Logons · ${company?.name ?? "All companies"}` };
}

export default async function LogonsPage({ params, searchParams }: Props) {
  const view = await requireCompany(params);
  const query = await searchParams;
  const now = Date.now();
  const page = textParam(query, "page");
  const companyNames = view.company
    ? undefined
    : Object.fromEntries(view.access.companies.map(({ id, name }) => [id, name]));
  const shared = { readAt: now, companyRef: view.companyRef, companyNames };
  if (textParam(query, "view") === "inactive") {
    const { ask, ignored } = readScreenAsk(inactiveQuery, query, view.timeZone, now);
    const screen = await readInQueue(view, (scope, signal) =>
      readInactiveScreen(scope, { ...ask, signal }, page),
    );
    if ("refusal" in screen) return <ReportRefused heading="Logons" {...screen.refusal} />;
    if (!screen.hasEvents) return <NothingYet first={await firstEventGuide(view)} />;
    return <InactiveView {...screen} {...shared} query={ask.query} zone={ask.zone} ignored={ignored} />;
  }
  const { ask, ignored } = readScreenAsk(logonsQuery, query, view.timeZone, now);
  const screen = await readInQueue(view, (scope, signal) =>
    readLogonsScreen(scope, { ...ask, signal }, page),
  );
  if ("refusal" in screen) return <ReportRefused heading="Logons" {...screen.refusal} />;
  if (!screen.hasEvents) return <NothingYet first={await firstEventGuide(view)} />;
  const { range, zone } = ask;
  return <LogonsView {...screen} {...shared} {...{ query: ask.query, range, zone, ignored }} />;
}

function NothingYet({ first }: { first: Awaited<ReturnType<typeof firstEventGuide>> }) {
  return (
    <>
      <PageHeader title="Logons" />
      <FirstEvent {...first} revealAction={revealKeyAction} />
    </>
  );
}
