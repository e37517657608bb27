"use client";

import { Send } from "lucide-react";
import { PageHeader } from "@/components/layout/page-header";
import { ExactTime } from "@/components/time/exact-time";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
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
  const { schedule, runs, next, zone } = history;
  const base = `/${companyId}/schedules`;
  return (
    <>
      <PageHeader
        title={schedule.viewName}
        description={`${scheduleWords(schedule.schedule)} (${zone}), for ${schedule.ownerName}.`}
        actions={
          <Button asChild variant="outline" size="sm">
            <Link href={base}>All schedules</Link>
          </Button>
        }
      />
      {!history.isMailSetUp && <MailMissing />}
      {runs.length === 0 ? (
        <EmptyState
          icon={Send}
          title="Nothing was sent yet"
          description="Choose Send now on the list of schedules to see what arrives."
        />
      ) : (
        <Table label="History" stacks>
          <TableHeader>
            <TableRow>
              <TableHead>Due</TableHead>
              <TableHead>Result</TableHead>
              <TableHead>File</TableHead>
              <TableHead className="text-right">Size</TableHead>
              <TableHead className="text-right">Took</TableHead>
              <TableHead>Recipients</TableHead>
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
        <Button asChild variant="outline" size="sm" className="w-fit">
          <Link href={`${base}/${schedule.id}?before=${next}`}>Older</Link>
        </Button>
      )}
    </>
  );
}

function RunRow({ run, zone }: { run: RunView; zone: string }) {
  const { state, dueAt, requestedBy, note, fileName, bytes, durationMs, recipients } = run;
  return (
    <TableRow>
      <TableCell label="Due" className="align-top whitespace-nowrap">
        <ExactTime at={dueAt} zone={zone} precision="minute" />
        {requestedBy !== null && <p className="text-muted-foreground">asked for by {requestedBy}</p>}
      </TableCell>
      <TableCell label="Result" className="align-top">
        <RunBadge state={state} />
        {note !== null && (
          <p className="mt-1 max-w-72 min-w-40 text-muted-foreground wrap-anywhere">{note}</p>
        )}
      </TableCell>
      <TableCell label="File" className="min-w-52 align-top wrap-anywhere">
        {fileOf(fileName, bytes)}
      </TableCell>
      <TableCell label="Size" className="text-right align-top whitespace-nowrap">
        {bytes === null ? "–" : `${Math.ceil(bytes / 1_000).toLocaleString("en")} kB`}
      </TableCell>
      <TableCell label="Took" className="text-right align-top whitespace-nowrap">
        {tookOf(durationMs)}
      </TableCell>
      <TableCell label="Recipients" className="min-w-52 align-top">
        {recipients.length === 0 ? "–" : recipients.map((one) => <Recipient key={one.messageId} one={one} />)}
      </TableCell>
    </TableRow>
  );
}

function fileOf(fileName: string | null, bytes: number | null): string {
  if (fileName === null) return "–";
  return bytes === null ? `${fileName} (too large, sent as a link)` : fileName;
}

function tookOf(durationMs: number | null): string {
  if (durationMs === null) return "–";
  return durationMs < 1_000 ? `${durationMs} ms` : `${(durationMs / 1_000).toFixed(1)} s`;
}

const RESULT: Readonly<Record<RunRecipient["state"], string>> = {
  waiting: "waiting",
  sent: "sent",
  failed: "failed",
  refused: "not sent",
};

function Recipient({ one: { address, state, note } }: { one: RunRecipient }) {
  return (
    <p className="wrap-anywhere">
      {address || "a deleted user"} <span className="text-muted-foreground">{RESULT[state]}</span>
      {note !== null && <span className="text-muted-foreground">: {note}</span>}
    </p>
  );
}
