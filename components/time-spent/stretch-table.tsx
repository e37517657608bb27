import { KindBadge } from "@/components/events/kind-badge";
import { formatDateTime, formatTime } from "@/components/time/format";
import { PresenceStateBadge } from "@/components/events/presence-state";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { EventRow } from "@/lib/domain/events/event-row";
import type { Stretch } from "@/lib/domain/time-spent/compute-stretches";
import { uncertainReason } from "@/lib/domain/time-spent/uncertain-reason";
import { localDateOf } from "@/lib/domain/zones";
import { durationText } from "@/lib/export/cell-text";
import type { TimeSpentDay } from "@/lib/services/reports/time-spent-day";

/** Every stretch of the day with the events that opened and closed it, and why a stretch is uncertain. */
export function StretchTable({ day }: { day: TimeSpentDay }) {
  const events = new Map(day.events.map((event) => [event.id, event]));
  return (
    <Card>
      <CardHeader>
        <CardTitle>Session details</CardTitle>
        <CardDescription>
          A stretch that began or ended on another day counts here only for its part of this one.
        </CardDescription>
      </CardHeader>
      <CardContent>
        <Table label="Stretches of the day" stacks>
          <TableHeader>
            <TableRow>
              {["Stretch", "Computer", "From", "To", "Length", "Opened by", "Closed by"].map((word) => (
                <TableHead key={word}>{word}</TableHead>
              ))}
            </TableRow>
          </TableHeader>
          <TableBody>
            {day.stretches.map((stretch) => (
              <StretchRow
                key={`${stretch.computerId} ${stretch.kind} ${stretch.from}`}
                stretch={stretch}
                opener={events.get(stretch.openedBy)}
                closer={stretch.closedBy === null ? undefined : events.get(stretch.closedBy)}
                day={day}
              />
            ))}
          </TableBody>
        </Table>
      </CardContent>
    </Card>
  );
}

interface StretchRowProps {
  stretch: Stretch;
  opener: EventRow | undefined;
  closer: EventRow | undefined;
  day: TimeSpentDay;
}

function StretchRow({ stretch, opener, closer, day }: StretchRowProps) {
  const { zone } = day;
  const reason = stretch.kind === "uncertain" ? uncertainReason(closer?.kind) : null;
  return (
    <TableRow>
      <TableCell label="Stretch">
        <PresenceStateBadge state={stretch.kind} />
        {reason && <p className="mt-1 max-w-56 min-w-44 text-xs text-muted-foreground">{reason}</p>}
      </TableCell>
      <TableCell label="Computer" className="whitespace-nowrap">
        {opener?.computerName}
      </TableCell>
      <TableCell label="From" className="tabular whitespace-nowrap">
        {formatTime(stretch.from, zone)}
      </TableCell>
      <TableCell label="To" className="tabular whitespace-nowrap">
        {endWords(stretch.to, day)}
      </TableCell>
      <TableCell label="Length" className="tabular whitespace-nowrap">
        {durationText((stretch.to - stretch.from) / 1000)}
      </TableCell>
      <TableCell label="Opened by">
        <Evidence event={opener} day={day} />
      </TableCell>
      <TableCell label="Closed by">
        {stretch.closedBy === null ? (
          <span className="text-muted-foreground">nothing yet</span>
        ) : (
          <Evidence event={closer} day={day} />
        )}
      </TableCell>
    </TableRow>
  );
}

/** The end of the day reads as 24:00 and not as the beginning of the next. */
function endWords(at: number, { to, zone }: TimeSpentDay): string {
  const words = formatTime(at, zone);
  return at === to && words === "00:00:00" ? "24:00:00" : words;
}

function Evidence({ event, day }: { event: EventRow | undefined; day: TimeSpentDay }) {
  if (!event) return null;
  const isSameDay = localDateOf(event.occurredAt, day.zone) === day.date;
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap">
      <KindBadge kind={event.kind} eventType={event.eventType} />
      <span className="tabular">
        {isSameDay ? formatTime(event.occurredAt, day.zone) : formatDateTime(event.occurredAt, day.zone)}
      </span>
    </span>
  );
}
