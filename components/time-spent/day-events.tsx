import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { KindBadge } from "@/components/events/kind-badge";
import { formatDateTime } from "@/components/time/format";
import { TitledCard } from "@/components/ui/card";
import { Table, TableBody, TableCell, TableHeads, TableRow } from "@/components/ui/table";
import { formatMinute } from "@/lib/domain/events/event-range";
import { MOST_LISTED } from "@/lib/domain/time-spent/day-evidence";
import type { TimeSpentDay } from "@/lib/services/reports/time-spent-day";

const MINUTE_MS = 60_000;
const COLUMNS = ["time", "event", "computer", "account", "site", "localIp"] as const;

/** The events that the day is counted from, those of the whole computer among them. */
export function DayEvents({ day, companyRef }: { day: TimeSpentDay; companyRef: string }) {
  const { events, accountId, zone } = day;
  const t = useTranslations("timeSpentDay");
  const minutes = {
    from: formatMinute(Math.floor(day.from / MINUTE_MS) * MINUTE_MS),
    to: formatMinute(Math.ceil(day.to / MINUTE_MS) * MINUTE_MS),
  };
  const shown = events.slice(0, MOST_LISTED);
  const count = Math.max(day.moments.length, events.length);
  const params = new URLSearchParams({ account: String(accountId), ...minutes, sort: "time" });
  return (
    <TitledCard
      title={t("events")}
      description={
        <>
          {t.rich("eventsNote", {
            link: (words) => (
              <Link href={`/${companyRef}/events?${params}`} className="text-link underline">
                {words}
              </Link>
            ),
          })}
          {count > shown.length && ` ${t("firstOf", { shown: shown.length, count })}`}
        </>
      }
    >
      <Table label={t("dayEvents")} stacks>
        <TableHeads heads={COLUMNS.map((column) => t(column))} />
        <TableBody>
          {shown.map((event) => (
            <TableRow key={event.id}>
              <TableCell label={t("time")} className="tabular whitespace-nowrap">
                {formatDateTime(event.occurredAt, zone)}
              </TableCell>
              <TableCell label={t("event")}>
                <KindBadge kind={event.kind} eventType={event.eventType} />
              </TableCell>
              <TableCell label={t("computer")} className="whitespace-nowrap">
                {event.computerName}
              </TableCell>
              <TableCell label={t("account")} className="whitespace-nowrap">
                {event.userName}
              </TableCell>
              <TableCell label={t("site")} className="whitespace-nowrap">
                {event.siteName}
              </TableCell>
              <TableCell label={t("localIp")} className="tabular whitespace-nowrap">
                {event.localIp ?? ""}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TitledCard>
  );
}
