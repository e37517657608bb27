"use client";

import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { BarList } from "@/components/charts/bar-list";
import { HeatMap } from "@/components/charts/heat-map";
import type { Step } from "@/components/lists/use-list-url";
import { TitledCard } from "@/components/ui/card";
import type { LogonGroup, LogonRow } from "@/lib/domain/reports/logon-columns";

interface LogonsSummaryProps {
  hours: readonly (readonly number[])[];
  newcomers: readonly LogonRow[];
  groupBy: LogonGroup;
  isManyCompanies: boolean;
  newWayOf: (row: LogonRow) => Step;
  hoursMenu: ReactNode;
}

const HOURS = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, "0")}:00`);
// 1970-01-05 was a Monday.
const MONDAY = Date.UTC(1970, 0, 5);

const NEWCOMERS = {
  account: { title: "newComputers", none: "noNewComputers" },
  computer: { title: "newAccounts", none: "noNewAccounts" },
  site: { title: "newPairs", none: "noNewComputers" },
} as const satisfies Record<LogonGroup, { title: string; none: string }>;

/** "Mon" to "Sun" in the reader's language. */
function useWeekdays(): string[] {
  const weekday = new Intl.DateTimeFormat(useLocale(), { weekday: "short", timeZone: "UTC" });
  return Array.from({ length: 7 }, (_, day) => weekday.format(MONDAY + day * 86_400_000));
}

/** When people sign in, and who did where they never had before. */
export function LogonsSummary(props: LogonsSummaryProps) {
  const { newcomers, groupBy, isManyCompanies } = props;
  const t = useTranslations("logons");
  const title = t(NEWCOMERS[groupBy].title);
  return (
    <div className="grid gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
      <TitledCard title={t("byHour")} description={t("byHourNote")} action={props.hoursMenu}>
        <HeatMap
          label={t("byHour")}
          rowLabels={useWeekdays()}
          columnLabels={HOURS}
          values={props.hours}
          noun={[t("oneLogon"), t("manyLogons")]}
        />
      </TitledCard>
      <TitledCard title={title} description={t("newNote")}>
        {newcomers.length === 0 ? (
          <p className="text-sm text-muted-foreground">{t(NEWCOMERS[groupBy].none)}</p>
        ) : (
          <BarList
            label={title}
            items={newcomers.map((row) => ({
              id: `${row.companyId}-${row.id}`,
              label: isManyCompanies ? `${row.name}, ${row.companyName}` : row.name,
              value: row.newComputers,
              ...props.newWayOf(row),
            }))}
          />
        )}
      </TitledCard>
    </div>
  );
}
