"use client";

import { useTranslations } from "next-intl";
import { DialogButton } from "@/components/forms/dialog-button";
import { DateField, SelectField, SwitchField, TextField } from "@/components/forms/fields";
import { formatLocalDate } from "@/components/time/format";
import { TitledCard } from "@/components/ui/card";
import { useWords } from "@/components/ui/use-words";
import type { HolidayView } from "@/lib/services/calendar/read-calendar";
import type { CalendarViewProps } from "./calendar-actions";
import { RemovableItem, RemovableList } from "./removable-list";

/** Days without working hours. */
export function HolidaysCard(props: CalendarViewProps) {
  const { holidays, companyId, mayManage, actions } = props;
  const t = useTranslations("calendar");
  const detailWords = useDetailWords();
  return (
    <TitledCard
      title={t("holidays")}
      description={t("holidaysNote")}
      action={mayManage && <AddHoliday {...props} />}
    >
      <RemovableList label={t("holidays")} empty={t("noHolidays")} isEmpty={holidays.length === 0}>
        {holidays.map((holiday) => (
          <RemovableItem
            key={holiday.id}
            name={holiday.name}
            detail={detailWords(holiday)}
            badge={holiday.isYearly ? t("everyYear") : null}
            removal={
              mayManage
                ? {
                    label: t("removeHoliday", { name: holiday.name }),
                    note: t("removeHolidayNote"),
                    action: actions.removeHolidayAction,
                    hidden: { companyId, holidayId: holiday.id },
                    done: t("holidayRemoved"),
                  }
                : null
            }
          />
        ))}
      </RemovableList>
    </TitledCard>
  );
}

/** When a holiday is and, where it isn't everywhere, at which site. */
function useDetailWords(): (holiday: HolidayView) => string {
  const t = useTranslations("calendar");
  const words = useWords("calendar");
  return ({ firstDay, lastDay, site }) => {
    const [first, last] = [formatLocalDate(firstDay), formatLocalDate(lastDay)];
    const days = firstDay === lastDay ? first : t("holidayDays", { first, last });
    return site === null ? days : t("holidayAt", { days, site: words(site) });
  };
}

function AddHoliday({ companyId, sites, actions }: CalendarViewProps) {
  const t = useTranslations("calendar");
  const places = [
    { value: "", label: t("allSites") },
    ...sites.map(({ id, name }) => ({ value: String(id), label: name })),
  ];
  return (
    <DialogButton
      label={t("addHoliday")}
      action={actions.addHolidayAction}
      hidden={{ companyId }}
      done={t("holidayAdded")}
    >
      {(errors) => (
        <>
          <TextField
            name="name"
            label={t("name")}
            errors={errors}
            maxLength={100}
            autoComplete="off"
            placeholder={t("nameExample")}
            isRequired
          />
          <div className="grid items-start gap-4 sm:grid-cols-2">
            <DateField name="firstDay" label={t("firstDay")} errors={errors} isRequired />
            <DateField name="lastDay" label={t("lastDay")} description={t("lastDayNote")} errors={errors} />
          </div>
          <SwitchField name="isYearly" label={t("everyYear")} errors={errors} />
          <SelectField name="siteId" label={t("site")} errors={errors} choices={places} />
        </>
      )}
    </DialogButton>
  );
}
