import { getTranslations } from "next-intl/server";
import type { ComponentType } from "react";
import type { z } from "zod";
import { FirstEvent } from "@/components/events-screen/first-event";
import { Texts } from "@/components/ui/texts";
import { PageHeader } from "@/components/layout/page-header";
import { ReportRefused } from "@/components/layout/report-refused";
import type { ReportAsk, ReportScreenProps } from "@/lib/domain/reports/report";
import type { ReportQuery } from "@/lib/domain/reports/report-query";
import { readListedAsk } from "@/lib/server/listed-companies";
import { firstEventGuide } from "@/lib/server/first-event-guide";
import { requireCompany, type CompanyView } from "@/lib/server/guards";
import { readInQueue } from "@/lib/server/report-page";
import { textParam, type SearchParams } from "@/lib/server/search-params";
import type { TitleKey } from "@/lib/server/texts/page-title";
import type { CompanyScope } from "@/lib/services/access/read-access";
import { revealKeyAction } from "./events/actions";

export interface ReportPageProps {
  params: Promise<{ company: string }>;
  searchParams: Promise<SearchParams>;
}

interface ReportPage<Query extends ReportQuery, Screen extends { hasEvents: boolean }> {
  /** Above the page while it has nothing to show. */
  heading: TitleKey;
  query: z.ZodObject & z.ZodType<Query>;
  /** All the view shows, of the page with this number; text that is none is the first. */
  read: (scope: CompanyScope, ask: ReportAsk<Query>, page: string) => Promise<Screen>;
  View: ComponentType<Screen & ReportScreenProps<Query>>;
}

/** The page of a report: waits for its turn, says why a report is refused, and how the first event comes. */
export function reportPage<Query extends ReportQuery, Screen extends { hasEvents: boolean }>({
  heading,
  query,
  read,
  View,
}: ReportPage<Query, Screen>) {
  return async function ReportPage({ params, searchParams }: ReportPageProps) {
    const view = await requireCompany(params);
    const given = await searchParams;
    const now = Date.now();
    const { ask, only, scope, names, ignored } = readListedAsk(query, given, view, now);
    const screen = await readInQueue({ ...view, scope }, (own, signal) =>
      read(own, { ...ask, signal }, textParam(given, "page")),
    );
    const t = await getTranslations();
    if ("refusal" in screen) return <ReportRefused heading={t(heading)} {...screen.refusal} />;
    if (!screen.hasEvents && only === null) return <NoEventsYet heading={t(heading)} view={view} />;
    return (
      <View
        {...screen}
        query={ask.query}
        range={ask.range}
        zone={ask.zone}
        readAt={now}
        ignored={ignored}
        {...names}
      />
    );
  };
}

/** Stands in for a page that needs events while there are none. */
export async function NoEventsYet({ heading, view }: { heading: string; view: CompanyView }) {
  return (
    <>
      <PageHeader title={heading} />
      <Texts of={["firstEvent"]}>
        <FirstEvent {...await firstEventGuide(view)} revealAction={revealKeyAction} />
      </Texts>
    </>
  );
}
