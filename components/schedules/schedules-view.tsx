"use client";

import { CalendarClock, Plus } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { DialogButton } from "@/components/forms/dialog-button";
import { SelectField, TextAreaField } from "@/components/forms/fields";
import { PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { MailMissing } from "./mail-missing";
import type { SchedulesViewProps } from "./schedule-actions";
import { ScheduleCard } from "./schedule-card";
import { ScheduleFields } from "./schedule-fields";

/** Saved views that are sent by mail: when, to whom, and what came of it. */
export function SchedulesView(props: SchedulesViewProps) {
  const { companyId, screen } = props;
  const { schedules, choices } = screen;
  return (
    <>
      <PageHeader
        title="Scheduled reports"
        description={`Saved views that arrive by mail. Times in ${choices.zone}.`}
        actions={
          <>
            {screen.mayAllowDomains && <Domains {...props} />}
            {choices.views.length > 0 && <AddSchedule {...props} />}
          </>
        }
      />
      {!screen.isMailSetUp && <MailMissing />}
      {schedules.length === 0 ? (
        <EmptyState
          icon={CalendarClock}
          title="No scheduled report yet"
          description={
            choices.views.length > 0
              ? "Choose a saved view, when it is sent and who gets it."
              : "Save a view first: filter a table and choose Save view beside Export."
          }
          actions={
            <Button asChild variant="outline">
              <Link href={`/${companyId}/views`}>Go to saved views</Link>
            </Button>
          }
        />
      ) : (
        <div className="grid gap-4">
          {schedules.map((schedule) => (
            <ScheduleCard key={schedule.id} schedule={schedule} {...props} />
          ))}
        </div>
      )}
    </>
  );
}

function AddSchedule({ companyId, screen: { choices }, actions }: SchedulesViewProps) {
  const asked = useSearchParams().get("view");
  const views = choices.views.map(({ id, name, title }) => ({
    value: String(id),
    label: `${name} (${title})`,
  }));
  return (
    <DialogButton
      variant="default"
      opensBy="add"
      label={
        <>
          <Plus aria-hidden />
          Schedule a report
        </>
      }
      title="Schedule a report"
      description="Runs under your rights at the time it is sent."
      action={actions.createScheduleAction}
      hidden={{ companyId }}
      submitLabel="Schedule"
      done="The report is scheduled."
    >
      {(errors) => (
        <>
          <SelectField
            name="viewId"
            label="Saved view"
            choices={views}
            defaultValue={asked ?? undefined}
            errors={errors}
          />
          <ScheduleFields choices={choices} schedule={null} errors={errors} />
        </>
      )}
    </DialogButton>
  );
}

function Domains({ companyId, screen: { choices }, actions }: SchedulesViewProps) {
  return (
    <DialogButton
      label="Other recipients"
      title="Recipients who are no members"
      description="Reports may go to any address of these mail domains. Without a domain they go to members only."
      action={actions.changeReportDomainsAction}
      hidden={{ companyId }}
      submitLabel="Save"
      done="The allowed domains are saved."
    >
      {(errors) => (
        <TextAreaField
          name="reportDomains"
          label="Allowed mail domains"
          description="One a line, such as example.com. A subdomain is a domain of its own."
          rows={3}
          defaultValue={choices.domains.join("\n")}
          errors={errors}
        />
      )}
    </DialogButton>
  );
}
