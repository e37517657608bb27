import { useTranslations } from "next-intl";
import { KindBadge } from "@/components/events/kind-badge";
import { formatDateTime, formatTime } from "@/components/time/format";
import { PresenceStateBadge } from "@/components/events/presence-state";
import { TitledCard } from "@/components/ui/card";
import { Table, TableBody, TableCell, TableHeads, TableRow } from "@/components/ui/table";
import { Link } from "@/components/ui/link";
import { useWords } from "@/components/ui/use-words";
import type { EventRow } from "@/lib/domain/events/event-row";
import type { Stretch } from "@/lib/domain/time-spent/compute-stretches";
import { uncertainReason } from "@/lib/domain/time-spent/uncertain-reason";
import { localDateOf } from "@/lib/domain/zones";
import { durationText } from "@/lib/export/cell-text";
import { MOST_LISTED } from "@/lib/domain/time-spent/day-evidence";
import type { TimeSpentDay } from "@/lib/services/reports/time-spent-day";

const COLUMNS = ["state", "computer", "from", "to", "duration", "startedWith", "endedWith"] as const;

/** Every stretch of the day with the events that opened and closed it, and why a stretch is uncertain. */
export function StretchTable({ day, companyRef }: { day: TimeSpentDay; companyRef: string }) {
  const t = useTranslations("timeSpentDay");
  const events = new Map(day.events.map((event) => [event.id, event]));
  const { length } = day.stretches;
  const note = [
    t("detailsNote"),
    length > MOST_LISTED && t("firstOf", { shown: MOST_LISTED, count: length }),
  ];
  return (
    <TitledCard title={t("details")} description={note.filter(Boolean).join(" ")}>
      <Table label={t("details")} stacks>
        <TableHeads heads={COLUMNS.map((column) => t(column))} />
        <TableBody>
          {day.stretches.slice(0, MOST_LISTED).map((stretch) => (
            <StretchRow
              key={`${stretch.computerId} ${stretch.kind} ${stretch.from}`}
              stretch={stretch}
              opener={events.get(stretch.openedBy)}
              closer={stretch.closedBy === null ? undefined : events.get(stretch.closedBy)}
              day={day}
              companyRef={companyRef}
            />
          ))}
        </TableBody>
      </Table>
    </TitledCard>
  );
}

interface StretchRowProps {
  stretch: Stretch;
  opener: EventRow | undefined;
  closer: EventRow | undefined;
  day: TimeSpentDay;
  companyRef: string;
}

function StretchRow({ stretch, opener, closer, day, companyRef }: StretchRowProps) {
  const { zone } = day;
  const t = useTranslations("timeSpentDay");
  const word = useWords("timeSpentDay");
  const reason = stretch.kind === "uncertain" ? uncertainReason(closer?.kind) : null;
  return (
    <TableRow>
      <TableCell label={t("state")}>
        <PresenceStateBadge state={stretch.kind} />
        {reason && <p className="mt-1 max-w-56 min-w-44 text-xs text-muted-foreground">{word(reason)}</p>}
      </TableCell>
      <TableCell label={t("computer")} className="whitespace-nowrap">
        {opener && (
          <Link href={`/${companyRef}/computers/${opener.computerId}`} className="text-link hover:underline">
            <bdi>{opener.computerName}</bdi>
          </Link>
        )}
      </TableCell>
      <TableCell label={t("from")} className="tabular whitespace-nowrap">
        {formatTime(stretch.from, zone)}
      </TableCell>
      <TableCell label={t("to")} className="tabular whitespace-nowrap">
        {endWords(stretch.to, day)}
      </TableCell>
      <TableCell label={t("duration")} className="tabular whitespace-nowrap">
        {durationText((stretch.to - stretch.from) / 1000)}
      </TableCell>
      <TableCell label={t("startedWith")}>
        <Evidence event={opener} day={day} />
      </TableCell>
      <TableCell label={t("endedWith")}>
        {stretch.closedBy === null ? (
          <span className="text-muted-foreground">{t("notEnded")}</span>
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
