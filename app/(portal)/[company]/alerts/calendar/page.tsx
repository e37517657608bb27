import { CalendarView } from "@/components/alerts/calendar-view";
import { CompanyChoice } from "@/components/lists/company-choice";
import { Texts } from "@/components/ui/texts";
import { listZones } from "@/lib/domain/zones";
import { contextOf } from "@/lib/server/actions";
import { companyTitle } from "@/lib/server/company-page";
import { requireCompanyPermission } from "@/lib/server/guards";
import { readCalendarScreen } from "@/lib/services/calendar/read-calendar";
import {
  addExemptionAction,
  addHolidayAction,
  changeHoursAction,
  removeExemptionAction,
  removeHolidayAction,
  removeHoursAction,
} from "./actions";

export const generateMetadata = companyTitle("alertPages.calendar", "alerts:read");

export default async function CalendarPage({ params }: PageProps<"/[company]/alerts/calendar">) {
  const opened = await requireCompanyPermission(params, "alerts:read");
  if ("choices" in opened) {
    return <CompanyChoice titleKey="alertPages.calendar" page="alerts/calendar" companies={opened.choices} />;
  }
  const { managed } = opened;
  const screen = await readCalendarScreen({ ...contextOf(managed), scope: managed.scope });
  return (
    <Texts of={["calendar", "exceptions"]}>
      <CalendarView
        {...screen}
        companyId={managed.company.id}
        zone={managed.timeZone}
        zones={screen.mayManage ? listZones() : []}
        readAt={Date.now()}
        actions={{
          changeHoursAction,
          removeHoursAction,
          addHolidayAction,
          removeHolidayAction,
          addExemptionAction,
          removeExemptionAction,
        }}
      />
    </Texts>
  );
}
