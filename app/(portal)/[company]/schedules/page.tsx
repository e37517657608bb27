import { CompanyChoice } from "@/components/lists/company-choice";
import { SchedulesView } from "@/components/schedules/schedules-view";
import { Texts } from "@/components/ui/texts";
import { contextOf } from "@/lib/server/actions";
import { companyTitle } from "@/lib/server/company-page";
import { requireCompanyPermission } from "@/lib/server/guards";
import { wordSchedule } from "@/lib/server/schedule-page";
import { getWords } from "@/lib/server/texts/words";
import { readSchedules } from "@/lib/services/schedules/read-schedules";
import * as actions from "./actions";

export const generateMetadata = companyTitle("schedules.title", "events:read");

export default async function SchedulesPage({ params }: PageProps<"/[company]/schedules">) {
  const opened = await requireCompanyPermission(params, "events:read");
  if ("choices" in opened) {
    return <CompanyChoice titleKey="schedules.title" page="schedules" companies={opened.choices} />;
  }
  const { managed } = opened;
  const { choices, schedules, ...screen } = await readSchedules({
    ...contextOf(managed),
    scope: managed.scope,
  });
  const word = await getWords();
  const views = choices.views.map(({ title, ...view }) => ({ ...view, title: word(title) }));
  return (
    <Texts of={["reportStates", "schedules"]}>
      <SchedulesView
        companyId={managed.company.id}
        screen={{
          ...screen,
          choices: { ...choices, views },
          schedules: schedules.map((schedule) => wordSchedule(schedule, word)),
        }}
        actions={{ ...actions }}
      />
    </Texts>
  );
}
