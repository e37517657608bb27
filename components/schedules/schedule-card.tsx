"use client";

import { useState } from "react";
import { ActionButton } from "@/components/forms/action-button";
import { ActionDialog } from "@/components/forms/action-dialog";
import { ActionsMenu } from "@/components/forms/actions-menu";
import { ExactTime } from "@/components/time/exact-time";
import { Badge, type BadgeProps } from "@/components/ui/badge";
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { DropdownMenuItem } from "@/components/ui/dropdown-menu";
import { Link } from "@/components/ui/link";
import { SCHEDULE_RANGE_LABEL } from "@/lib/domain/reports/schedule-range";
import { SCHEDULE_FORMAT_LABEL, scheduleWords } from "@/lib/domain/reports/schedule-words";
import type { ScheduleView } from "@/lib/services/schedules/read-schedules";
import { RunBadge } from "./run-badge";
import { ScheduleFields } from "./schedule-fields";
import type { SchedulesViewProps } from "./schedule-actions";

type ScheduleCardProps = SchedulesViewProps & { schedule: ScheduleView };

/** A schedule: when it is next due, who gets it, and how it last went. */
export function ScheduleCard(props: ScheduleCardProps) {
  const { companyId, schedule, screen } = props;
  const { zone } = screen.choices;
  const { lastRun, nextDueAt } = schedule;
  const recipients = [...schedule.members.map(({ label }) => label), ...schedule.addresses];
  return (
    <Card>
      <CardHeader>
        <CardTitle className="flex flex-wrap items-center gap-2 wrap-anywhere">
          <Link href={`/${companyId}/schedules/${schedule.id}`} className="text-link hover:underline">
            {schedule.viewName}
          </Link>
          <StateBadge schedule={schedule} />
        </CardTitle>
        <CardDescription className="wrap-anywhere">
          {scheduleWords(schedule.schedule)}, {SCHEDULE_RANGE_LABEL[schedule.range].toLowerCase()},{" "}
          {SCHEDULE_FORMAT_LABEL[schedule.format]}
        </CardDescription>
        <CardAction className="flex gap-2">
          <MainButton {...props} />
          <ScheduleMenu {...props} />
        </CardAction>
      </CardHeader>
      <CardContent className="grid gap-3">
        {schedule.stoppedReason !== null && (
          <p className="text-sm text-destructive-text">Stopped: {schedule.stoppedReason}.</p>
        )}
        <DescriptionList
          items={[
            { term: "Next", value: nextDueAt && <ExactTime at={nextDueAt} zone={zone} precision="minute" /> },
            {
              term: "Last",
              value: lastRun ? (
                <span className="flex flex-wrap items-center gap-2">
                  <ExactTime at={lastRun.dueAt} zone={zone} precision="minute" />
                  <RunBadge state={lastRun.state} />
                </span>
              ) : (
                "Never sent"
              ),
            },
            { term: "Recipients", value: recipients.join(", ") },
            { term: "Owner", value: schedule.ownerName },
          ]}
        />
      </CardContent>
    </Card>
  );
}

function StateBadge({ schedule: { stoppedReason, isPaused } }: { schedule: ScheduleView }) {
  const [label, variant]: [string, BadgeProps["variant"]] =
    stoppedReason !== null
      ? ["Stopped", "destructive"]
      : isPaused
        ? ["Paused", "outline"]
        : ["Active", "success"];
  return <Badge variant={variant}>{label}</Badge>;
}

function MainButton({ companyId, schedule, actions }: ScheduleCardProps) {
  const hidden = { companyId, scheduleId: schedule.id };
  if (schedule.nextDueAt === null) {
    return (
      <ActionButton
        size="sm"
        variant="outline"
        action={actions.resumeScheduleAction}
        hidden={hidden}
        done={`${schedule.viewName} is sent again.`}
        aria-label={`Resume ${schedule.viewName}`}
      >
        Resume
      </ActionButton>
    );
  }
  return (
    <ActionButton
      size="sm"
      variant="outline"
      action={actions.sendReportNowAction}
      hidden={hidden}
      done="The report is on its way. Its history shows what comes of it."
      aria-label={`Send ${schedule.viewName} now`}
    >
      Send now
    </ActionButton>
  );
}

function ScheduleMenu({ companyId, schedule, actions, screen }: ScheduleCardProps) {
  const [dialog, setDialog] = useState<"change" | "pause" | "delete" | null>(null);
  const common = {
    onOpenChange: (isOpen: boolean) => !isOpen && setDialog(null),
    hidden: { companyId, scheduleId: schedule.id },
  };
  return (
    <>
      <ActionsMenu label={`Actions of ${schedule.viewName}`}>
        <DropdownMenuItem asChild>
          <Link href={`/${companyId}/schedules/${schedule.id}`}>History</Link>
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => setDialog("change")}>Change</DropdownMenuItem>
        {schedule.nextDueAt !== null && (
          <DropdownMenuItem onSelect={() => setDialog("pause")}>Pause</DropdownMenuItem>
        )}
        <DropdownMenuItem variant="destructive" onSelect={() => setDialog("delete")}>
          Delete
        </DropdownMenuItem>
      </ActionsMenu>
      <ActionDialog
        {...common}
        isOpen={dialog === "change"}
        title={`Change ${schedule.viewName}`}
        action={actions.changeScheduleAction}
        submitLabel="Save"
        done="The schedule is changed."
      >
        {(errors) => <ScheduleFields choices={screen.choices} schedule={schedule} errors={errors} />}
      </ActionDialog>
      <ActionDialog
        {...common}
        isOpen={dialog === "pause"}
        title={`Pause ${schedule.viewName}`}
        description="Nothing is sent until somebody resumes it. What is due meanwhile is left out."
        action={actions.pauseScheduleAction}
        submitLabel="Pause"
        done={`${schedule.viewName} is paused.`}
      />
      <ActionDialog
        {...common}
        isOpen={dialog === "delete"}
        title={`Delete the schedule of ${schedule.viewName}`}
        description="Its history goes too. The saved view stays."
        action={actions.deleteScheduleAction}
        submitLabel="Delete schedule"
        isDestructive
        done="The schedule is deleted."
      />
    </>
  );
}
