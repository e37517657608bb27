"use client";

import { ActionButton } from "@/components/forms/action-button";
import { DialogButton } from "@/components/forms/dialog-button";
import { NumberField, SelectField, TextField } from "@/components/forms/fields";
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { DAY_FIELDS } from "@/lib/domain/detections/calendar-form";
import {
  clockText,
  USUAL_GRACE_MINUTES,
  USUAL_HOURS,
  weekWords,
  type Shift,
} from "@/lib/domain/detections/company-calendar";
import { WEEKDAYS } from "@/lib/domain/hour-of-week";
import type { HoursView } from "@/lib/services/calendar/read-calendar";
import type { CalendarViewProps } from "./calendar-actions";

const zoneWords = (zone: string) => zone.replaceAll("_", " ");

interface PlaceProps extends CalendarViewProps {
  /** null for the company. */
  siteId: number | null;
}

/** Hours of the company or of a site, and what can be done with them. */
export function HoursCard(props: PlaceProps & { title: string; view: HoursView }) {
  const { title, view, siteId, companyId, companyZone, mayManage, actions } = props;
  return (
    <Card>
      <CardHeader>
        <CardTitle className="wrap-anywhere">{title}</CardTitle>
        <CardDescription>{zoneWords(view.timeZone ?? companyZone)}</CardDescription>
        {mayManage && (
          <CardAction className="flex flex-wrap justify-end gap-2">
            <HoursDialog {...props} label="Change" what={title.toLowerCase()} />
            <ActionButton
              size="sm"
              variant="ghost"
              aria-label={`Remove ${title.toLowerCase()}`}
              action={actions.removeHoursAction}
              hidden={{ companyId, siteId: siteId ?? "" }}
              done="The working hours are removed."
            >
              Remove
            </ActionButton>
          </CardAction>
        )}
      </CardHeader>
      <CardContent>
        <DescriptionList
          items={[
            ...weekWords(view.hours).map(({ days, words }) => ({ term: days, value: words })),
            { term: "Grace time", value: `${view.graceMinutes} minutes before and after` },
          ]}
        />
      </CardContent>
    </Card>
  );
}

/** Sites to which the company's hours apply. */
export function FollowingSites(props: CalendarViewProps) {
  const { sites, company, mayManage } = props;
  const following = sites.filter(({ hours }) => hours === null);
  if (following.length === 0) return null;
  return (
    <Card>
      <CardHeader>
        <CardTitle>Sites without hours of their own</CardTitle>
        <CardDescription>
          {company ? "The company's working hours apply to them." : "No working hours apply to them."}
        </CardDescription>
      </CardHeader>
      <CardContent>
        <ul aria-label="Sites without hours of their own" className="grid">
          {following.map(({ id, name }) => (
            <li key={id} className="flex items-center gap-2 border-b py-2 text-sm last:border-0">
              <span className="min-w-0 flex-1 wrap-anywhere">{name}</span>
              {mayManage && (
                <HoursDialog {...props} label="Set hours" what={`of ${name}`} siteId={id} view={null} />
              )}
            </li>
          ))}
        </ul>
      </CardContent>
    </Card>
  );
}

interface HoursDialogProps extends PlaceProps {
  label: string;
  /** What it is about, for those who hear the button. */
  what: string;
  /** null: none are set yet, and the form begins with the company's or the usual ones. */
  view: HoursView | null;
}

export function HoursDialog(props: HoursDialogProps) {
  const { label, what, siteId, view, company, companyId, companyZone, zones, sites, actions } = props;
  const site = sites.find(({ id }) => id === siteId)?.name;
  const base = view ?? company;
  const hours = base?.hours ?? USUAL_HOURS;
  const zoneChoices = [
    { value: "", label: `The company's (${zoneWords(companyZone)})` },
    ...zones.map((value) => ({ value, label: zoneWords(value) })),
  ];
  return (
    <DialogButton
      label={
        <>
          {label}
          <span className="sr-only"> {what}</span>
        </>
      }
      title={site === undefined ? "Working hours" : `Working hours of ${site}`}
      description="Leave both times of a day empty when nobody works. An end that is not after the start is on the next day."
      action={actions.changeHoursAction}
      hidden={{ companyId, siteId: siteId ?? "" }}
      submitLabel="Save"
      done="The working hours are saved."
    >
      {(errors) => (
        <>
          {WEEKDAYS.map((day, at) => (
            <DayFields key={day} day={day} name={DAY_FIELDS[at]!} shift={hours[at] ?? null} errors={errors} />
          ))}
          <NumberField
            name="graceMinutes"
            label="Grace time (minutes)"
            description="So long before and after working hours nothing is unusual. 0 to 240."
            errors={errors}
            defaultValue={String(base?.graceMinutes ?? USUAL_GRACE_MINUTES)}
          />
          <SelectField
            name="timeZone"
            label="Time zone"
            errors={errors}
            defaultValue={view?.timeZone ?? ""}
            choices={zoneChoices}
          />
        </>
      )}
    </DialogButton>
  );
}

interface DayFieldsProps {
  day: string;
  name: (typeof DAY_FIELDS)[number];
  shift: Shift | null;
  errors: Record<string, string>;
}

function DayFields({ day, name, shift, errors }: DayFieldsProps) {
  return (
    <div className="grid grid-cols-2 items-start gap-3">
      <TextField
        name={`${name}From`}
        label={`${day} from`}
        type="time"
        errors={errors}
        defaultValue={shift ? clockText(shift.from) : ""}
      />
      <TextField
        name={`${name}To`}
        label={`${day} to`}
        type="time"
        errors={errors}
        defaultValue={shift ? clockText(shift.to) : ""}
      />
    </div>
  );
}
