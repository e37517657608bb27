import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { HistoryView } from "@/components/schedules/history-view";
import { Texts } from "@/components/ui/texts";
import { contextOf } from "@/lib/server/actions";
import { titleWithin } from "@/lib/server/company-page";
import { readOr404, requireCompanyPermission } from "@/lib/server/guards";
import { wordRun } from "@/lib/server/schedule-page";
import { instantOf, rowIdOf } from "@/lib/server/search-params";
import { getWords } from "@/lib/server/texts/words";
import { guardedTitle } from "@/lib/server/texts/guarded-title";
import { readScheduleHistory } from "@/lib/services/schedules/read-schedules";

type Props = PageProps<"/[company]/schedules/[scheduleId]">;

async function open({ params, searchParams }: Props) {
  const opened = await requireCompanyPermission(params, "events:read");
  const scheduleId = rowIdOf((await params).scheduleId);
  if ("choices" in opened) notFound();
  const { managed } = opened;
  const context = { ...contextOf(managed), scope: managed.scope };
  const before = instantOf((await searchParams).before);
  return {
    managed,
    history: await readOr404(managed, () => readScheduleHistory(context, scheduleId, before)),
  };
}

export function generateMetadata(props: Props): Promise<Metadata> {
  return guardedTitle(async () => {
    const { managed, history } = await open(props);
    const t = await getTranslations("schedules");
    const page = t("scheduleTitle", { view: history.schedule.viewName });
    return titleWithin(managed.company, page);
  });
}

export default async function SchedulePage(props: Props) {
  const { managed, history } = await open(props);
  const word = await getWords();
  return (
    <Texts of={["schedules"]}>
      <HistoryView
        companyId={managed.company.id}
        history={{ ...history, runs: history.runs.map((run) => wordRun(run, word)) }}
      />
    </Texts>
  );
}
