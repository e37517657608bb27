"use client";

import type { ReactNode } from "react";
import { BarList } from "@/components/charts/bar-list";
import { HeatMap } from "@/components/charts/heat-map";
import {
  Card,
  CardAction,
  CardContent,
  CardDescription,
  CardHeader,
  CardTitle,
  TitledCard,
} from "@/components/ui/card";
import { WEEKDAYS } from "@/lib/domain/hour-of-week";
import type { LogonGroup, LogonRow } from "@/lib/domain/reports/logon-columns";

interface LogonsSummaryProps {
  hours: readonly (readonly number[])[];
  newcomers: readonly LogonRow[];
  groupBy: LogonGroup;
  isManyCompanies: boolean;
  newHrefOf: (row: LogonRow) => string;
  hoursMenu: ReactNode;
}

const DAYS = WEEKDAYS.map((day) => day.slice(0, 3));
const HOURS = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, "0")}:00`);
const LOGONS = ["logon", "logons"] as const;

const NEWCOMERS: Readonly<Record<LogonGroup, { title: string; none: string }>> = {
  account: { title: "New computers of accounts", none: "Nobody logged on to a computer new to them." },
  computer: { title: "New accounts on computers", none: "No computer was used by an account new to it." },
  site: { title: "New accounts on computers, by site", none: "No account used a computer new to it." },
};

/** When people sign in, and who did where they never had before. */
export function LogonsSummary(props: LogonsSummaryProps) {
  const { newcomers, groupBy, isManyCompanies } = props;
  const { title, none } = NEWCOMERS[groupBy];
  return (
    <div className="grid gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
      <Card>
        <CardHeader>
          <CardTitle>Logons by hour of the week</CardTitle>
          <CardDescription>Logons, unlocks and remote connects</CardDescription>
          <CardAction>{props.hoursMenu}</CardAction>
        </CardHeader>
        <CardContent>
          <HeatMap
            label="Logons by hour of the week"
            rowLabels={DAYS}
            columnLabels={HOURS}
            values={props.hours}
            noun={LOGONS}
          />
        </CardContent>
      </Card>
      <TitledCard title={title} description="First seen together in this time">
        {newcomers.length === 0 ? (
          <p className="text-sm text-muted-foreground">{none}</p>
        ) : (
          <BarList
            label={title}
            items={newcomers.map((row) => ({
              id: `${row.companyId}-${row.id}`,
              label: isManyCompanies ? `${row.name}, ${row.companyName}` : row.name,
              value: row.newComputers,
              href: props.newHrefOf(row),
            }))}
          />
        )}
      </TitledCard>
    </div>
  );
}
