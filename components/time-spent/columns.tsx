import { useTranslations } from "next-intl";
import type { DataTableColumn } from "@/components/data-table/column";
import { Nothing, screenColumns, type ScreenColumn } from "@/components/data-table/report-columns";
import { NameLink } from "@/components/lists/name-link";
import { Duration } from "@/components/time/duration";
import { formatLocalDay, formatTime } from "@/components/time/format";
import {
  timeSpentColumns,
  type TimeSpentReportRow,
  type TimeSpentView,
} from "@/lib/domain/reports/time-spent-columns";

export interface TimeSpentColumnsAsk extends TimeSpentView {
  zone: string;
  /** Where a row's evidence is: the day of its account, or its account's days. */
  wayOf: (row: TimeSpentReportRow) => { href: string; onStep?: () => void };
}

type Special = ScreenColumn<TimeSpentReportRow>;

/** The list's columns; the account leads to the evidence of its row. */
export function timeSpentScreenColumns(ask: TimeSpentColumnsAsk): DataTableColumn<TimeSpentReportRow>[] {
  return screenColumns(timeSpentColumns(ask), ask.zone, {
    date: { cell: (row) => <span className="tabular">{row.date && formatLocalDay(row.date)}</span> },
    userName: { isIdentity: true, cell: (row) => <NameLink {...ask.wayOf(row)} name={row.userName} /> },
    activeSeconds: { ...duration("activeSeconds"), exportIds: ["activeSeconds", "activeHours"] },
    activeHours: null,
    lockedSeconds: duration("lockedSeconds"),
    uncertainSeconds: duration("uncertainSeconds"),
    ...(ask.isPerComputer && { computers: null }),
    ...(ask.isPerDay && {
      firstLogon: timeOfDay("firstLogon", ask),
      lastLogoff: timeOfDay("lastLogoff", ask),
    }),
  });
}

function duration(id: "activeSeconds" | "lockedSeconds" | "uncertainSeconds"): Special {
  return {
    // Three of them: each takes two lines where the list is short of room.
    className: "",
    cell: (row) =>
      row[id] === 0 ? (
        <NoTime />
      ) : (
        <Duration seconds={row[id]} className="tabular md:block md:leading-tight" />
      ),
  };
}

/** On a day the time of day is enough; the whole range needs the date as well. */
function timeOfDay(id: "firstLogon" | "lastLogoff", { zone }: TimeSpentColumnsAsk): Special {
  return {
    cell: (row) => {
      const at = row[id];
      if (at === null) return <NotSeen />;
      return (
        <time dateTime={new Date(at).toISOString()} className="tabular">
          {formatTime(at, zone)}
        </time>
      );
    },
  };
}

function NoTime() {
  const t = useTranslations("lists");
  return <Nothing words={t("none")} />;
}

function NotSeen() {
  const t = useTranslations("timeSpent");
  return <Nothing words={t("notSeen")} />;
}
