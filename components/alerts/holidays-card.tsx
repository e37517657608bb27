"use client";

import { DialogButton } from "@/components/forms/dialog-button";
import { SelectField, SwitchField, TextField } from "@/components/forms/fields";
import { formatLocalDate } from "@/components/time/format";
import { TitledCard } from "@/components/ui/card";
import type { HolidayView } from "@/lib/services/calendar/read-calendar";
import type { CalendarViewProps } from "./calendar-actions";
import { RemovableItem, RemovableList } from "./removable-list";

/** Days without working hours. */
export function HolidaysCard(props: CalendarViewProps) {
  const { holidays, companyId, mayManage, actions } = props;
  return (
    <TitledCard
      title="Holidays"
      description="Days on which no working hours begin."
      action={mayManage && <AddHoliday {...props} />}
    >
      <RemovableList label="Holidays" empty="There is no holiday." isEmpty={holidays.length === 0}>
        {holidays.map((holiday) => (
          <RemovableItem
            key={holiday.id}
            name={holiday.name}
            detail={`${daysWords(holiday)}${holiday.site === null ? "" : ` · ${holiday.site}`}`}
            badge={holiday.isYearly ? "Every year" : null}
            removal={
              mayManage
                ? {
                    label: `Remove the holiday ${holiday.name}`,
                    action: actions.removeHolidayAction,
                    hidden: { companyId, holidayId: holiday.id },
                    done: "The holiday is removed.",
                  }
                : null
            }
          />
        ))}
      </RemovableList>
    </TitledCard>
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
