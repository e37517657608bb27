"use client";

import { ActionButton } from "@/components/forms/action-button";
import { DialogButton } from "@/components/forms/dialog-button";
import { SelectField, SwitchField, TextField } from "@/components/forms/fields";
import { formatLocalDate } from "@/components/time/format";
import { Badge } from "@/components/ui/badge";
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import type { HolidayView } from "@/lib/services/calendar/read-calendar";
import type { CalendarViewProps } from "./calendar-actions";

/** Days without working hours. */
export function HolidaysCard(props: CalendarViewProps) {
  const { holidays, companyId, mayManage, actions } = props;
  return (
    <Card>
      <CardHeader>
        <CardTitle>Holidays</CardTitle>
        <CardDescription>Days on which no working hours begin.</CardDescription>
        {mayManage && (
          <CardAction>
            <AddHoliday {...props} />
          </CardAction>
        )}
      </CardHeader>
      <CardContent>
        {holidays.length === 0 ? (
          <p className="text-sm text-muted-foreground">There is no holiday.</p>
        ) : (
          <ul aria-label="Holidays" className="grid">
            {holidays.map((holiday) => (
              <li
                key={holiday.id}
                className="flex flex-wrap items-center gap-2 border-b py-2.5 text-sm last:border-0"
              >
                <div className="grid min-w-0 flex-1 gap-0.5">
                  <span className="wrap-anywhere">{holiday.name}</span>
                  <span className="text-muted-foreground wrap-anywhere">
                    {daysWords(holiday)}
                    {holiday.site !== null && ` · ${holiday.site}`}
                  </span>
                </div>
                {holiday.isYearly && <Badge variant="outline">Every year</Badge>}
                {mayManage && (
                  <ActionButton
                    size="sm"
                    variant="ghost"
                    aria-label={`Remove the holiday ${holiday.name}`}
                    action={actions.removeHolidayAction}
                    hidden={{ companyId, holidayId: holiday.id }}
                    done="The holiday is removed."
                  >
                    Remove
                  </ActionButton>
                )}
              </li>
            ))}
          </ul>
        )}
      </CardContent>
    </Card>
  );
}

function daysWords({ firstDay, lastDay }: HolidayView): string {
  return firstDay === lastDay
    ? formatLocalDate(firstDay)
    : `${formatLocalDate(firstDay)} to ${formatLocalDate(lastDay)}`;
}

function AddHoliday({ companyId, sites, actions }: CalendarViewProps) {
  const places = [
    { value: "", label: "Every site" },
    ...sites.map(({ id, name }) => ({ value: String(id), label: name })),
  ];
  return (
    <DialogButton
      label="Add holiday"
      title="Add a holiday"
      action={actions.addHolidayAction}
      hidden={{ companyId }}
      submitLabel="Add holiday"
      done="The holiday is added."
    >
      {(errors) => (
        <>
          <TextField
            name="name"
            label="Name"
            errors={errors}
            maxLength={100}
            autoComplete="off"
            placeholder="New Year"
            isRequired
          />
          <div className="grid items-start gap-4 sm:grid-cols-2">
            <TextField
              name="firstDay"
              label="First day"
              type="date"
              max="9999-12-30"
              errors={errors}
              isRequired
            />
            <TextField
              name="lastDay"
              label="Last day"
              type="date"
              max="9999-12-30"
              description="Leave it empty for one day."
              errors={errors}
            />
          </div>
          <SwitchField name="isYearly" label="Every year" errors={errors} />
          <SelectField name="siteId" label="Where" errors={errors} choices={places} />
        </>
      )}
    </DialogButton>
  );
}
