"use client";

import { useTranslations } from "next-intl";
import { ActionButton } from "@/components/forms/action-button";
import { ActionsMenu, DialogItem } from "@/components/forms/actions-menu";
import { ExactTime } from "@/components/time/exact-time";
import { Badge, type BadgeProps } from "@/components/ui/badge";
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { DropdownMenuItem } from "@/components/ui/dropdown-menu";
import { Link } from "@/components/ui/link";
import { TextLink } from "@/components/ui/text-link";
import { useWords } from "@/components/ui/use-words";
import { SCHEDULE_RANGE_TEXT } from "@/lib/domain/reports/schedule-range";
import { SCHEDULE_FORMAT_TEXT, scheduleWords } from "@/lib/domain/reports/schedule-words";
import type { ScheduleView } from "@/lib/services/schedules/read-schedules";
import { labelOf } from "./member-label";
import { RunBadge } from "./run-badge";
import { ScheduleFields } from "./schedule-fields";
import type { SchedulesViewProps } from "./schedule-actions";

type ScheduleCardProps = SchedulesViewProps & { schedule: ScheduleView };

/** A schedule: when it is next due, who gets it, and how it last went. */
export function ScheduleCard(props: ScheduleCardProps) {
  const t = useTranslations("schedules");
  const word = useWords("lists", "reportStates", "schedules");
  const { companyId, schedule, screen } = props;
  const { zone } = screen.choices;
  const { lastRun, nextDueAt } = schedule;
  const recipients = [...schedule.members.map((member) => labelOf(member, t)), ...schedule.addresses];
  const sent = [
    word(scheduleWords(schedule.schedule)),
    word({ key: SCHEDULE_RANGE_TEXT[schedule.range] }),
    word({ key: SCHEDULE_FORMAT_TEXT[schedule.format] }),
  ];
  return (
    <Card>
      <CardHeader>
        <CardTitle className="flex flex-wrap items-center gap-2 wrap-anywhere">
          <TextLink href={`/${companyId}/schedules/${schedule.id}`}>{schedule.viewName}</TextLink>
          <StateBadge schedule={schedule} />
        </CardTitle>
        <CardDescription className="wrap-anywhere">{sent.join(" · ")}</CardDescription>
        <CardAction className="flex flex-wrap justify-end gap-2">
          <MainButtons {...props} />
          <ScheduleMenu {...props} />
        </CardAction>
      </CardHeader>
      <CardContent className="grid gap-3">
        {schedule.stoppedReason !== null && (
          <p className="text-sm text-destructive-text">
            {t("stoppedBecause", { reason: schedule.stoppedReason })}
          </p>
        )}
        <DescriptionList
          items={[
            {
              term: t("next"),
              value: nextDueAt && <ExactTime at={nextDueAt} zone={zone} precision="minute" />,
            },
            {
              term: t("last"),
              value: lastRun ? (
                <span className="flex flex-wrap items-center gap-2">
                  <ExactTime at={lastRun.dueAt} zone={zone} precision="minute" />
                  <RunBadge state={lastRun.state} />
                </span>
              ) : (
                t("neverSent")
              ),
            },
            { term: t("recipients"), value: recipients.join(", ") },
            { term: t("owner"), value: schedule.ownerName },
          ]}
        />
      </CardContent>
    </Card>
  );
}

function StateBadge({ schedule: { stoppedReason, isPaused } }: { schedule: ScheduleView }) {
  const t = useTranslations("schedules");
  const [label, variant]: [string, BadgeProps["variant"]] =
    stoppedReason !== null
      ? [t("stopped"), "destructive"]
      : isPaused
        ? [t("paused"), "outline"]
        : [t("active"), "success"];
  return <Badge variant={variant}>{label}</Badge>;
}

/** A stopped report can't be sent until it is resumed; a paused one is sent only when asked for. */
function MainButtons({ companyId, schedule, actions, screen }: ScheduleCardProps) {
  const t = useTranslations("schedules");
  const { viewName: name } = schedule;
  const common = {
    size: "sm",
    variant: "outline",
    hidden: { companyId, scheduleId: schedule.id },
  } as const;
  return (
    <>
      {schedule.nextDueAt === null && (
        <ActionButton
          {...common}
          action={actions.resumeScheduleAction}
          done={t("resumed", { name })}
          aria-label={t("resumeLabel", { name })}
        >
          {t("resume")}
        </ActionButton>
      )}
      {schedule.stoppedReason === null && (
        <ActionButton
          {...common}
          action={actions.sendReportNowAction}
          done={t("sendingNow")}
          aria-label={t("sendNowLabel", { name })}
          aria-disabled={!screen.isMailSetUp}
          title={screen.isMailSetUp ? undefined : t("mailMissing")}
        >
          {t("sendNow")}
        </ActionButton>
      )}
    </>
  );
}

function ScheduleMenu({ companyId, schedule, actions, screen }: ScheduleCardProps) {
  const t = useTranslations("schedules");
  const { viewName: name } = schedule;
  const hidden = { companyId, scheduleId: schedule.id };
  return (
    <ActionsMenu label={t("actions", { name })}>
      <DropdownMenuItem asChild>
        <Link href={`/${companyId}/schedules/${schedule.id}`}>{t("history")}</Link>
      </DropdownMenuItem>
      <DialogItem
        label={t("edit")}
        hidden={hidden}
        title={t("editTitle", { name })}
        action={actions.changeScheduleAction}
        submitLabel={t("save")}
        done={t("saved")}
      >
        {(errors) => <ScheduleFields choices={screen.choices} schedule={schedule} errors={errors} />}
      </DialogItem>
      {schedule.nextDueAt !== null && (
        <DialogItem
          label={t("pause")}
          hidden={hidden}
          title={t("pauseTitle", { name })}
          description={t("pauseNote")}
          action={actions.pauseScheduleAction}
          done={t("pausedNow", { name })}
        />
      )}
      <DialogItem
        label={t("delete")}
        hidden={hidden}
        title={t("deleteTitle", { name })}
        description={t("deleteNote")}
        action={actions.deleteScheduleAction}
        submitLabel={t("deleteSchedule")}
        isDestructive
        done={t("deleted")}
      />
    </ActionsMenu>
  );
}
