"use client";

import { ShieldCheck, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { TextLink } from "@/components/ui/text-link";
import type { ReactNode } from "react";
import { formatDateTime, formatDuration, formatTime } from "@/components/time/format";
import { Badge } from "@/components/ui/badge";
import { TitledCard } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
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

/** Many failures of one account, or of many accounts from one address, and whether a logon succeeded after them. */
export function BurstsCard(props: BurstsCardProps) {
  const { bursts, count, zone, isManyCompanies } = props;
  const t = useTranslations("failures");
  const lists = useTranslations("lists");
  return (
    <TitledCard
      title={t("bursts")}
      description={count === 0 ? t("burstsNote") : t("burstsCount", { count, successes: props.successCount })}
      action={count > 0 && props.exportMenu}
    >
      {count === 0 ? (
        <EmptyState
          icon={ShieldCheck}
          title={t("noBursts")}
          description={t("noBurstsNote")}
          className="py-4"
        />
      ) : (
        <section
          aria-label={lists("scrollable", { label: t("bursts") })}
          data-print="expand"
          className="relative max-h-80 overflow-auto"
        >
          <ul aria-label={t("burstsLabel")} className="grid gap-2">
            {bursts.map((burst) => (
              <li key={burstKey(burst)}>
                <Burst burst={burst} zone={zone} isManyCompanies={isManyCompanies} />
              </li>
            ))}
          </ul>
          {count > bursts.length && (
            <p className="pt-2 text-sm text-muted-foreground">
              {t("moreBursts", { count: count - bursts.length })}
            </p>
          )}
        </section>
      )}
    </TitledCard>
  );
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
  const t = useTranslations("failures");
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
        <TextLink
          href={burstEvidence(burst)}
          title={subject}
          className="line-clamp-2 font-medium wrap-anywhere"
        >
          <bdi>{subject}</bdi>
        </TextLink>
        <Badge variant="outline">{t(kind === "account" ? "burstOfAccount" : "burstFromAddress")}</Badge>
        {isManyCompanies && <span className="text-muted-foreground">{burst.companyName}</span>}
      </p>
      <p className="text-muted-foreground">
        {formatDateTime(from, zone)} – {formatTime(to, zone)}: {countWords(t, burst)}
      </p>
      {success === null ? (
        <p className="text-muted-foreground">{t("noSuccess")}</p>
      ) : (
        <Success success={success} after={success.at - to} companyId={burst.companyId} zone={zone} />
      )}
    </article>
  );
}

interface SuccessProps {
  success: NonNullable<FailureBurstRow["success"]>;
  /** Milliseconds from the last failure; a success can come between the failures of a long burst. */
  after: number;
  companyId: number;
  zone: string;
}

function Success({ success, after, companyId, zone }: SuccessProps) {
  const t = useTranslations("failures");
  const kindWord = useTranslations("eventKinds");
  const { userName: user, computerName: computer } = success;
  const time = formatDateTime(success.at, zone);
  const name = (words: ReactNode) => <bdi>{words}</bdi>;
  return (
    <div className="flex items-start gap-1.5 font-medium text-destructive-text">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="grid min-w-0 gap-0.5">
        <p>
          {after <= 0
            ? t("successDuring", { time })
            : t("successLater", { duration: formatDuration(Math.floor(after / 1000)), time })}
        </p>
        <Link
          href={successEvidence(companyId, success)}
          title={t("userOnComputer", { user, computer })}
          className="line-clamp-3 wrap-anywhere underline underline-offset-2"
        >
          {t.rich("success", { kind: kindWord(success.kind), user, computer, name })}
        </Link>
      </div>
    </div>
  );
}

function countWords(t: ReturnType<typeof useTranslations<"failures">>, burst: FailureBurstRow): string {
  const { kind, lockouts, address } = burst;
  return [
    t("failuresCount", { count: burst.failures }),
    ...(lockouts > 0 ? [t("lockoutsCount", { count: lockouts })] : []),
    ...(kind === "address" ? [t("accountsCount", { count: burst.accounts })] : []),
    t("computersCount", { count: burst.computers }),
    ...(kind === "account" ? [address ?? t("addressesCount", { count: burst.addresses })] : []),
  ].join(", ");
}
