import type { Metadata } from "next";
import { CompanyChoice } from "@/components/lists/company-choice";
import { SchedulesView } from "@/components/schedules/schedules-view";
import { contextOf } from "@/lib/server/actions";
import { requireCompanyPermission } from "@/lib/server/guards";
import { readSchedules } from "@/lib/services/schedules/read-schedules";
import * as actions from "./actions";

export const metadata: Metadata = { title: "Scheduled reports" };

export default async function SchedulesPage({ params }: PageProps<"/[company]/schedules">) {
  const opened = await requireCompanyPermission(params, "events:read");
  if ("choices" in opened) {
    return <CompanyChoice title="Scheduled reports" page="schedules" companies={opened.choices} />;
  }
  const { managed } = opened;
  const screen = await readSchedules({ ...contextOf(managed), scope: managed.scope });
  return <SchedulesView companyId={managed.company.id} screen={screen} actions={{ ...actions }} />;
}
