import { notFound } from "next/navigation";
import { HistoryView } from "@/components/schedules/history-view";
import { Texts } from "@/components/ui/texts";
import { contextOf } from "@/lib/server/actions";
import { readOr404, requireCompanyPermission } from "@/lib/server/guards";
import { wordRun } from "@/lib/server/schedule-page";
import { instantOf, rowIdOf } from "@/lib/server/search-params";
import { pageTitle } from "@/lib/server/texts/page-title";
import { getWords } from "@/lib/server/texts/words";
import { readScheduleHistory } from "@/lib/services/schedules/read-schedules";

export const generateMetadata = pageTitle("schedules.scheduleTitle");

type Props = PageProps<"/[company]/schedules/[scheduleId]">;

export default async function SchedulePage({ params, searchParams }: Props) {
  const opened = await requireCompanyPermission(params, "events:read");
  const scheduleId = rowIdOf((await params).scheduleId);
  if ("choices" in opened) notFound();
  const { managed } = opened;
  const context = { ...contextOf(managed), scope: managed.scope };
  const before = instantOf((await searchParams).before);
  const history = await readOr404(managed, () => readScheduleHistory(context, scheduleId, before));
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
