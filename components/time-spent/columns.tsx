import { Link } from "@/components/ui/link";
import type { DataTableColumn } from "@/components/data-table/column";
import { Duration } from "@/components/time/duration";
import { ExactTime } from "@/components/time/exact-time";
import { formatTime } from "@/components/time/format";
import type { TimeSpentReportRow } from "@/lib/domain/reports/time-spent";

type Column = DataTableColumn<TimeSpentReportRow>;

export interface TimeSpentColumnsAsk {
  zone: string;
  isPerDay: boolean;
  isPerComputer: boolean;
  isManyCompanies: boolean;
  /** Where a row's evidence is: the day of its account, or its account's days. */
  hrefOf: (row: TimeSpentReportRow) => string;
}

const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** "Mon 2025-05-26": one width for every row, and it sorts as it reads but for the weekday. */
export function dateWords(date: string): string {
  return `${WEEKDAYS[new Date(`${date}T00:00:00Z`).getUTCDay()]} ${date}`;
}

/** The list's columns, by the ids they have in the read API. */
export function timeSpentColumns(ask: TimeSpentColumnsAsk): Column[] {
  const { isPerDay, isPerComputer, isManyCompanies, hrefOf } = ask;
  const date: Column = {
    id: "date",
    header: "Date",
    firstSort: "desc",
    cell: (row) => <span className="tabular whitespace-nowrap">{row.date && dateWords(row.date)}</span>,
  };
  const account: Column = {
    id: "userName",
    header: "Account",
    firstSort: "asc",
    isIdentity: true,
    cell: (row) => (
      <Link href={hrefOf(row)} className="text-link hover:underline">
        {row.userName}
      </Link>
    ),
  };
  const computer: Column = {
    id: "computerName",
    header: "Computer",
    firstSort: "asc",
    cell: (row) => row.computerName ?? "",
  };
  const company: Column = {
    id: "company",
    header: "Company",
    firstSort: "asc",
    cell: (row) => row.companyName,
  };
  return [
    ...(isPerDay ? [date] : []),
    account,
    ...(isPerComputer ? [computer] : []),
    ...(isManyCompanies ? [company] : []),
    durationColumn("activeSeconds", "Time spent"),
    durationColumn("lockedSeconds", "Locked"),
    durationColumn("uncertainSeconds", "Uncertain"),
    numberColumn("sessions", "Sessions"),
    ...(isPerDay ? [] : [numberColumn("days", "Days")]),
    ...(isPerComputer ? [] : [numberColumn("computers", "Computers")]),
    instantColumn("firstLogon", "First logon", ask),
    instantColumn("lastLogoff", "Last logoff", ask),
  ];
}

function durationColumn(id: "activeSeconds" | "lockedSeconds" | "uncertainSeconds", header: string): Column {
  return {
    id,
    header,
    align: "end",
    firstSort: "desc",
    className: "whitespace-nowrap",
    cell: (row) =>
      row[id] === 0 ? <Nothing words="none" /> : <Duration seconds={row[id]} className="tabular" />,
  };
}

function numberColumn(id: "sessions" | "days" | "computers", header: string): Column {
  return {
    id,
    header,
    align: "end",
    firstSort: "desc",
    cell: (row) => <span className="tabular">{row[id]}</span>,
  };
}

/** On a day the time of day is enough; the whole range needs the date as well. */
function instantColumn(
  id: "firstLogon" | "lastLogoff",
  header: string,
  { zone, isPerDay }: TimeSpentColumnsAsk,
): Column {
  return {
    id,
    header,
    firstSort: id === "firstLogon" ? "asc" : "desc",
    className: "whitespace-nowrap",
    cell: (row) => {
      const at = row[id];
      if (at === null) return <Nothing words="not seen" />;
      if (!isPerDay) return <ExactTime at={at} zone={zone} className="tabular" />;
      return (
        <time dateTime={new Date(at).toISOString()} className="tabular">
          {formatTime(at, zone)}
        </time>
      );
    },
  };
}

function Nothing({ words }: { words: string }) {
  return (
    <span className="text-muted-foreground">
      <span aria-hidden>–</span>
      <span className="sr-only">{words}</span>
    </span>
  );
}
