import { getTranslations } from "next-intl/server";
import type { TableCount } from "@/components/data-table/count-label";
import { EventsView } from "@/components/events-screen/events-view";
import { ReportRefused } from "@/components/layout/report-refused";
import { Texts } from "@/components/ui/texts";
import { ianaZone } from "@/lib/domain/zones";
import { companyTitle } from "@/lib/server/company-page";
import { listedCompanies } from "@/lib/server/listed-companies";
import { requireCompany } from "@/lib/server/guards";
import { readListInQueue } from "@/lib/server/report-page";
import { wordError } from "@/lib/server/texts/word-error";
import { readEventsScreen } from "@/lib/services/events/read-events-screen";
import { NoEventsYet } from "../report-page";

export const generateMetadata = companyTitle("nav.events");

export default async function EventsPage({ params, searchParams }: PageProps<"/[company]/events">) {
  const view = await requireCompany(params);
  const now = Date.now();
  const given = await searchParams;
  const { only, scope, names, ignored } = listedCompanies(view, given);
  const t = await getTranslations("events");
  const screen = await readListInQueue(
    { ...view, scope },
    (signal) => readEventsScreen(scope, given, ianaZone(view.timeZone), now, signal),
    ({ count }) => count,
  );
  if ("refusal" in screen) return <ReportRefused heading={t("title")} {...screen.refusal} />;
  if (screen.page?.hasEvents === false && only === null) {
    return <NoEventsYet heading={t("title")} view={view} />;
  }
  const count = screen.count.then(
    (known): TableCount | null => known && { ...known, noun: [t("oneEvent"), t("manyEvents")] },
  );
  const problem = screen.problem && {
    message: (await wordError(screen.problem)).message,
    isWrongPage: screen.problem.isWrongPage,
  };
  return (
    <Texts of={["eventKinds", "events", "failureReasons", "logonTypes"]}>
      <EventsView
        {...screen}
        request={{ ...screen.request, only }}
        ignored={[...ignored, ...screen.ignored]}
        problem={problem}
        count={count}
        readAt={now}
        zone={view.timeZone}
        companyRef={names.companyRef}
        heldRef={names.heldRef}
        companyChoices={names.companyChoices}
      />
    </Texts>
  );
}
