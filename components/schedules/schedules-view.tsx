"use client";

import { CalendarClock, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useSearchParams } from "next/navigation";
import { DialogButton } from "@/components/forms/dialog-button";
import { SelectField, TextAreaField } from "@/components/forms/fields";
import { PageHeader } from "@/components/layout/page-header";
import { LinkButton } from "@/components/ui/link-button";
import { EmptyState } from "@/components/ui/empty-state";
import { zoneWords } from "@/components/time/zone-choices";
import { MailMissing } from "./mail-missing";
import type { SchedulesViewProps } from "./schedule-actions";
import { ScheduleCard } from "./schedule-card";
import { ScheduleFields } from "./schedule-fields";

/** Saved views that are sent by mail: when, to whom, and what came of it. */
export function SchedulesView(props: SchedulesViewProps) {
  const t = useTranslations("schedules");
  const { companyId, screen } = props;
  const { schedules, choices } = screen;
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("description", { zone: zoneWords(choices.zone) })}
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
          title={t("empty")}
          description={t(choices.views.length > 0 ? "emptyNote" : "emptyNoViews")}
          actions={<LinkButton href={`/${companyId}/views`}>{t("goToViews")}</LinkButton>}
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
  const t = useTranslations("schedules");
  const asked = useSearchParams().get("view");
  const views = choices.views.map(({ id, name, title }) => ({
    value: String(id),
    label: `${name} (${title})`,
  }));
  return (
    <DialogButton
      variant="default"
      opensBy="add"
      icon={Plus}
      label={t("add")}
      description={t("addNote")}
      action={actions.createScheduleAction}
      hidden={{ companyId }}
      submitLabel={t("schedule")}
      done={t("added")}
    >
      {(errors) => (
        <>
          <SelectField
            name="viewId"
            label={t("savedView")}
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
  const t = useTranslations("schedules");
  return (
    <DialogButton
      label={t("otherRecipients")}
      title={t("domainsTitle")}
      description={t("domainsNote")}
      action={actions.changeReportDomainsAction}
      hidden={{ companyId }}
      submitLabel={t("save")}
      done={t("domainsSaved")}
    >
      {(errors) => (
        <TextAreaField
          name="reportDomains"
          label={t("domains")}
          description={t("domainsFieldNote")}
          rows={3}
          defaultValue={choices.domains.join("\n")}
          errors={errors}
        />
      )}
    </DialogButton>
  );
}
