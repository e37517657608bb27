import { Link } from "@/components/ui/link";
import { KindBadge } from "@/components/events/kind-badge";
import { formatDateTime } from "@/components/time/format";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { formatMinute } from "@/lib/domain/events/event-range";
import type { TimeSpentDay } from "@/lib/services/reports/time-spent-day";

const MINUTE_MS = 60_000;

/** The events that the day is counted from, those of the whole computer among them. */
export function DayEvents({ day, companyRef }: { day: TimeSpentDay; companyRef: string }) {
  const { events, accountId, zone } = day;
  const minutes = {
    from: formatMinute(Math.floor(day.from / MINUTE_MS) * MINUTE_MS),
    to: formatMinute(Math.ceil(day.to / MINUTE_MS) * MINUTE_MS),
  };
  const params = new URLSearchParams({ account: String(accountId), ...minutes, sort: "time" });
  return (
    <Card>
      <CardHeader>
        <CardTitle>Events</CardTitle>
        <CardDescription>
          Starts, pauses and ends of the account, and what happened to its computers as a whole.{" "}
          <Link href={`/${companyRef}/events?${params}`} className="text-link underline">
            All events of the account on this day
          </Link>
        </CardDescription>
      </CardHeader>
      <CardContent>
        <Table label="Events of the day" stacks>
          <TableHeader>
            <TableRow>
              {["Time", "Event", "Computer", "Account", "Site", "Local IP"].map((word) => (
                <TableHead key={word}>{word}</TableHead>
              ))}
            </TableRow>
          </TableHeader>
          <TableBody>
            {events.map((event) => (
              <TableRow key={event.id}>
                <TableCell label="Time" className="tabular whitespace-nowrap">
                  {formatDateTime(event.occurredAt, zone)}
                </TableCell>
                <TableCell label="Event">
                  <KindBadge kind={event.kind} eventType={event.eventType} />
                </TableCell>
                <TableCell label="Computer" className="whitespace-nowrap">
                  {event.computerName}
                </TableCell>
                <TableCell label="Account" className="whitespace-nowrap">
                  {event.userName}
                </TableCell>
                <TableCell label="Site" className="whitespace-nowrap">
                  {event.siteName}
                </TableCell>
                <TableCell label="Local IP" className="tabular whitespace-nowrap">
                  {event.localIp ?? ""}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </CardContent>
    </Card>
  );
}
