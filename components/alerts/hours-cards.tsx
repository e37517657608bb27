"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { DialogButton } from "@/components/forms/dialog-button";
import { NumberField, SelectField, TextField } from "@/components/forms/fields";
import { zoneChoices, zoneWords } from "@/components/time/zone-choices";
import {
  Card,
  CardAction,
  CardContent,
  CardDescription,
  CardHeader,
  CardTitle,
  TitledCard,
} from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { useWords } from "@/components/ui/use-words";
import { DAY_FIELDS, type DayField } from "@/lib/domain/detections/day-fields";
import {
  clockText,
  USUAL_GRACE_MINUTES,
  USUAL_HOURS,
  weekTexts,
  type Shift,
} from "@/lib/domain/detections/company-calendar";
import type { HoursView } from "@/lib/services/calendar/read-calendar";
import type { CalendarViewProps } from "./calendar-actions";
import { hidden } from "./hidden";

interface PlaceProps extends CalendarViewProps {
  /** null for the company. */
  siteId: number | null;
}

/** Hours of the company or of a site, and what can be done with them. */
export function HoursCard(props: PlaceProps & { site?: string; view: HoursView }) {
  const t = useTranslations("calendar");
  const word = useWords("calendar");
  const { site, view, companyZone, mayManage } = props;
  return (
    <Card>
      <CardHeader>
        <CardTitle className="wrap-anywhere">
          {site === undefined ? t("hours") : t("hoursOf", { site })}
        </CardTitle>
        <CardDescription>{zoneWords(view.timeZone ?? companyZone)}</CardDescription>
        {mayManage && (
          <CardAction className="flex flex-wrap justify-end gap-2">
            <HoursDialog
              {...props}
              label={
                site === undefined
                  ? t.rich("editHours", { hidden })
                  : t.rich("editSiteHours", { site, hidden })
              }
            />
            <RemoveHours {...props} />
          </CardAction>
        )}
      </CardHeader>
      <CardContent>
        <DescriptionList
          items={[
            ...weekTexts(view.hours).map(({ days, shift }) => ({ term: word(days), value: word(shift) })),
            { term: t("grace"), value: t("graceValue", { count: view.graceMinutes }) },
          ]}
        />
      </CardContent>
    </Card>
  );
}

/** Asks first: hours are many fields to type again. */
function RemoveHours({ site, siteId, companyId, actions }: PlaceProps & { site?: string }) {
  const t = useTranslations("calendar");
  const title = site === undefined ? t("removeHours") : t("removeSiteHours", { site });
  return (
    <DialogButton
      variant="ghost"
      label={t("remove")}
      name={title}
      title={title}
      description={site === undefined ? t("removeHoursNote") : t("removeSiteHoursNote")}
      action={actions.removeHoursAction}
      hidden={{ companyId, siteId: siteId ?? "" }}
      isDestructive
      done={t("hoursRemoved")}
    />
  );
}

/** Sites to which the company's hours apply. */
export function FollowingSites(props: CalendarViewProps) {
  const t = useTranslations("calendar");
  const { sites, company, mayManage } = props;
  const following = sites.filter(({ hours }) => hours === null);
  if (following.length === 0) return null;
  return (
    <TitledCard title={t("following")} description={company ? t("followingCompany") : t("followingNone")}>
      <ul aria-label={t("following")} className="grid">
        {following.map(({ id, name }) => (
          <li key={id} className="flex items-center gap-2 border-b py-2 text-sm last:border-0">
            <span className="min-w-0 flex-1 wrap-anywhere">{name}</span>
            {mayManage && (
              <HoursDialog
                {...props}
                label={t.rich("setHours", { site: name, hidden })}
                siteId={id}
                view={null}
              />
            )}
          </li>
        ))}
      </ul>
    </TitledCard>
  );
}

interface HoursDialogProps extends PlaceProps {
  label: ReactNode;
  /** null: none are set yet, and the form begins with the company's or the usual ones. */
  view: HoursView | null;
}

export function HoursDialog(props: HoursDialogProps) {
  const t = useTranslations("calendar");
  const { label, siteId, view, company, companyId, companyZone, zones, sites, actions } = props;
  const site = sites.find(({ id }) => id === siteId)?.name;
  const base = view ?? company;
  const hours = base?.hours ?? USUAL_HOURS;
  const choicesOfZone = [{ value: "", label: t("companyDefault") }, ...zoneChoices(zones)];
  return (
    <DialogButton
      label={label}
      title={site === undefined ? t("hours") : t("hoursOf", { site })}
      description={t("hoursHelp")}
      action={actions.changeHoursAction}
      hidden={{ companyId, siteId: siteId ?? "" }}
      submitLabel={t("save")}
      done={t("hoursSaved")}
    >
      {(errors) => (
        <>
          {DAY_FIELDS.map((day, at) => (
            <DayFields key={day} name={day} shift={hours[at] ?? null} errors={errors} />
          ))}
          <NumberField
            name="graceMinutes"
            label={t("graceMinutes")}
            description={t("graceNote")}
            errors={errors}
            defaultValue={String(base?.graceMinutes ?? USUAL_GRACE_MINUTES)}
          />
          <SelectField
            name="timeZone"
            label={t("timeZone")}
            description={t("companyZone", { zone: zoneWords(companyZone) })}
            errors={errors}
            defaultValue={view?.timeZone ?? ""}
            choices={choicesOfZone}
          />
        </>
      )}
    </DialogButton>
  );
}

const DAY_TEXT = {
  monday: "monday",
  tuesday: "tuesday",
  wednesday: "wednesday",
  thursday: "thursday",
  friday: "friday",
  saturday: "saturday",
  sunday: "sunday",
} as const satisfies Record<DayField, string>;

interface DayFieldsProps {
  name: DayField;
  shift: Shift | null;
  errors: Record<string, string>;
}

function DayFields({ name, shift, errors }: DayFieldsProps) {
  const t = useTranslations("calendar");
  const day = t(DAY_TEXT[name]);
  return (
    <div className="grid grid-cols-2 items-start gap-3">
      <TextField
        name={`${name}From`}
        label={t("dayFrom", { day })}
        type="time"
        errors={errors}
        defaultValue={shift ? clockText(shift.from) : ""}
      />
      <TextField
        name={`${name}To`}
        label={t("dayTo", { day })}
        type="time"
        errors={errors}
        defaultValue={shift ? clockText(shift.to) : ""}
      />
    </div>
  );
}
