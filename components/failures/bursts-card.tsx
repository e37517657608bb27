"use client";

import { ShieldCheck, TriangleAlert } from "lucide-react";
import { Link } from "@/components/ui/link";
import type { ReactNode } from "react";
import { formatDateTime, formatDuration, formatTime } from "@/components/time/format";
import { Badge } from "@/components/ui/badge";
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { KIND_LABEL } from "@/lib/domain/events/kinds";
import type { FailureBurstRow } from "@/lib/domain/reports/failure-bursts";
import { burstEvidence, successEvidence } from "./evidence";

interface BurstsCardProps {
  bursts: readonly FailureBurstRow[];
  /** Of all bursts, which may be more than are shown. */
  count: number;
  successCount: number;
  zone: string;
  isManyCompanies: boolean;
  exportMenu: ReactNode;
}

/** Many failures of one account, or of many accounts from one address, and whether somebody got in after them. */
export function BurstsCard(props: BurstsCardProps) {
  const { bursts, count, zone, isManyCompanies } = props;
  return (
    <Card>
      <CardHeader>
        <CardTitle>Bursts</CardTitle>
        <CardDescription>{summaryWords(count, props.successCount)}</CardDescription>
        {count > 0 && <CardAction>{props.exportMenu}</CardAction>}
      </CardHeader>
      <CardContent>
        {count === 0 ? (
          <EmptyState
            icon={ShieldCheck}
            title="No bursts"
            description="No five failures of one account, nor of five accounts from one address, within ten minutes."
            className="py-4"
          />
        ) : (
          <section
            aria-label="Bursts, scrollable"
            data-print="expand"
            className="relative max-h-80 overflow-auto"
          >
            <ul aria-label="Bursts of failures" className="grid gap-2">
              {bursts.map((burst) => (
                <li key={burstKey(burst)}>
                  <Burst burst={burst} zone={zone} isManyCompanies={isManyCompanies} />
                </li>
              ))}
            </ul>
            {count > bursts.length && (
              <p className="pt-2 text-sm text-muted-foreground">
                And {(count - bursts.length).toLocaleString("en")} more: export them, or choose a shorter
                time.
              </p>
            )}
          </section>
        )}
      </CardContent>
    </Card>
  );
}

function summaryWords(count: number, successCount: number): string {
  if (count === 0) return "Many failures in a short time";
  const bursts = `${count.toLocaleString("en")} ${count === 1 ? "burst" : "bursts"}`;
  return `${bursts}, ${successCount === 0 ? "none" : successCount.toLocaleString("en")} followed by a success`;
}

function burstKey({ kind, companyId, accountId, address, from }: FailureBurstRow): string {
  return `${kind}-${companyId}-${accountId ?? ""}-${address ?? ""}-${from}`;
}

interface BurstProps {
  burst: FailureBurstRow;
  zone: string;
  isManyCompanies: boolean;
}

function Burst({ burst, zone, isManyCompanies }: BurstProps) {
  const { kind, from, to, success } = burst;
  const subject = (kind === "account" ? burst.userName : burst.address) ?? "";
  return (
    <article
      className={
        success === null
          ? "grid gap-1 rounded-md border p-3 text-sm"
          : "grid gap-1 rounded-md border border-destructive-text/50 p-3 text-sm"
      }
    >
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Link
          href={burstEvidence(burst)}
          title={subject}
          className="line-clamp-2 font-medium text-link wrap-anywhere hover:underline"
        >
          <bdi>{subject}</bdi>
        </Link>
        <Badge variant="outline">
          {kind === "account" ? "Repeated failures, one account" : "Many accounts from one address"}
        </Badge>
        {isManyCompanies && <span className="text-muted-foreground">{burst.companyName}</span>}
      </p>
      <p className="text-muted-foreground">
        {formatDateTime(from, zone)} – {formatTime(to, zone)}: {countWords(burst)}
      </p>
      {success === null ? (
        <p className="text-muted-foreground">No success within an hour after it</p>
      ) : (
        <div className="flex items-start gap-1.5 font-medium text-destructive-text">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <div className="grid min-w-0 gap-0.5">
            <p>
              Success followed {gapWords(success.at - to)}, at {formatDateTime(success.at, zone)}
            </p>
            <Link
              href={successEvidence(burst.companyId, success)}
              title={`${success.userName} on ${success.computerName}`}
              className="line-clamp-3 wrap-anywhere underline underline-offset-2"
            >
              {KIND_LABEL[success.kind]} of <bdi>{success.userName}</bdi> on <bdi>{success.computerName}</bdi>
            </Link>
          </div>
        </div>
      )}
    </article>
  );
}

/** A success can come between the failures of a long burst. */
function gapWords(milliseconds: number): string {
  return milliseconds <= 0 ? "while it went on" : `${formatDuration(Math.floor(milliseconds / 1000))} later`;
}

function countWords({ kind, failures, lockouts, accounts, computers, addresses, address }: FailureBurstRow) {
  const some = (count: number, one: string, many: string) =>
    `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
  return [
    some(failures, "failed logon", "failed logons"),
    ...(lockouts > 0 ? [some(lockouts, "lockout", "lockouts")] : []),
    ...(kind === "address" ? [some(accounts, "account", "accounts")] : []),
    some(computers, "computer", "computers"),
    ...(kind === "account" ? [address ?? some(addresses, "address", "addresses")] : []),
  ].join(", ");
}
