"use client";

import { formatFixed } from "@/components/ui/format-number";
import { Send } from "lucide-react";
import { useTranslations } from "next-intl";
import { PageHeader } from "@/components/layout/page-header";
import { ExactTime } from "@/components/time/exact-time";
import { LinkButton } from "@/components/ui/link-button";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { useWords } from "@/components/ui/use-words";
import { zoneWords } from "@/components/time/zone-choices";
import { scheduleWords } from "@/lib/domain/reports/schedule-words";
import type { RunRecipient } from "@/lib/domain/reports/schedule-run";
import type { RunView, ScheduleHistory } from "@/lib/services/schedules/read-schedules";
import { MailMissing } from "./mail-missing";
import { RunBadge } from "./run-badge";

interface HistoryViewProps {
  companyId: number;
  history: ScheduleHistory;
}

/** What came of each due time of one schedule. */
export function HistoryView({ companyId, history }: HistoryViewProps) {
  const t = useTranslations("schedules");
  const tLists = useTranslations("lists");
  const word = useWords("schedules");
  const { schedule, runs, next, zone } = history;
  const when = word(scheduleWords(schedule.schedule));
  const base = `/${companyId}/schedules`;
  return (
    <>
      <PageHeader
        title={schedule.viewName}
        description={t("whenAndOwner", { when, zone: zoneWords(zone), owner: schedule.ownerName })}
        actions={
          <LinkButton href={base} size="sm">
            {t("all")}
          </LinkButton>
        }
      />
      {!history.isMailSetUp && <MailMissing />}
      {runs.length === 0 ? (
        <EmptyState icon={Send} title={t("historyEmpty")} description={t("historyEmptyNote")} />
      ) : (
        <Table label={t("history")} stacks>
          <TableHeader>
            <TableRow>
              <TableHead>{t("due")}</TableHead>
              <TableHead>{t("result")}</TableHead>
              <TableHead>{t("file")}</TableHead>
              <TableHead className="text-end">{t("size")}</TableHead>
              <TableHead className="text-end">{t("duration")}</TableHead>
              <TableHead>{t("recipients")}</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {runs.map((run) => (
              <RunRow key={run.id} run={run} zone={zone} />
            ))}
          </TableBody>
        </Table>
      )}
      {next !== null && (
        <LinkButton href={`${base}/${schedule.id}?before=${next}`} size="sm" className="w-fit">
          {tLists("older")}
        </LinkButton>
      )}
    </>
  );
}

function RunRow({ run, zone }: { run: RunView; zone: string }) {
  const t = useTranslations("schedules");
  const { state, dueAt, requestedBy, note, fileName, bytes, durationMs, recipients } = run;
  return (
    <TableRow>
      <TableCell label={t("due")} className="align-top whitespace-nowrap">
        <ExactTime at={dueAt} zone={zone} precision="minute" />
        {requestedBy !== null && (
          <p className="text-muted-foreground">{t("requestedBy", { name: requestedBy })}</p>
        )}
      </TableCell>
      <TableCell label={t("result")} className="align-top">
        <RunBadge state={state} />
        {note !== null && (
          <p className="mt-1 max-w-72 min-w-40 text-muted-foreground wrap-anywhere">{note}</p>
        )}
      </TableCell>
      <TableCell label={t("file")} className="min-w-52 align-top wrap-anywhere">
        {fileName === null ? "–" : bytes === null ? t("fileTooLarge", { file: fileName }) : fileName}
      </TableCell>
      <TableCell label={t("size")} className="text-end align-top whitespace-nowrap">
        {bytes === null ? "–" : t("kilobytes", { count: Math.ceil(bytes / 1_000) })}
      </TableCell>
      <TableCell label={t("duration")} className="text-end align-top whitespace-nowrap">
        {tookOf(durationMs)}
      </TableCell>
      <TableCell label={t("recipients")} className="min-w-52 align-top">
        {recipients.length === 0 ? "–" : recipients.map((one) => <Recipient key={one.messageId} one={one} />)}
      </TableCell>
    </TableRow>
  );
}

function tookOf(durationMs: number | null): string {
  if (durationMs === null) return "–";
  return durationMs < 1_000 ? `${durationMs} ms` : `${formatFixed(durationMs / 1_000, 1)} s`;
}

const RESULT = {
  waiting: "inProgress",
  sent: "sent",
  failed: "failed",
  refused: "notSent",
} as const satisfies Record<RunRecipient["state"], string>;

function Recipient({ one: { address, state, note } }: { one: RunRecipient }) {
  const t = useTranslations("schedules");
  return (
    <p className="wrap-anywhere">
      {address || t("deletedUser")}{" "}
      <span className="text-muted-foreground">
        · {t(RESULT[state])}
        {note !== null && ` · ${note}`}
      </span>
    </p>
  );
}
