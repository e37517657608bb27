import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { RelativeTime } from "@/components/time/relative-time";
import { TitledCard } from "@/components/ui/card";
import type { JobView } from "@/lib/services/jobs/read-jobs";
import type { SystemView } from "@/lib/services/system/read-system";
import { formatBytes } from "./bytes";

const MOST_FILES = 10;

interface BackupsCardProps {
  backups: SystemView["backups"];
  job: JobView | undefined;
  isEmbedded: boolean;
  zone: string;
}

/** The last backup, the files there are, and what to do when there are none. */
export function BackupsCard({ backups, job, isEmbedded, zone }: BackupsCardProps) {
  const t = useTranslations("system");
  const isOff = job?.nextRunAt === null;
  return (
    <TitledCard
      title={t("backups")}
      description={
        job?.lastSucceededAt == null
          ? t("noBackup")
          : t.rich("lastBackup", { time: () => <RelativeTime at={job.lastSucceededAt!} zone={zone} /> })
      }
      contentClassName="grid gap-3 text-sm"
    >
      {isOff && (
        <p className={isEmbedded ? "text-warning-text" : "text-muted-foreground"}>
          {t.rich(isEmbedded ? "backupsOff" : "backupsOffExternal", {
            link: (words) => (
              <Link href="/admin/settings" className="text-link underline">
                {words}
              </Link>
            ),
          })}
        </p>
      )}
      {backups.files.length > 0 && (
        <>
          <ul aria-label={t("backupFiles")} className="divide-y">
            {backups.files.slice(0, MOST_FILES).map(({ name, createdAt, bytes }) => (
              <li key={name} className="flex flex-wrap items-baseline justify-between gap-x-3 py-1.5">
                <span className="min-w-0 font-mono text-xs wrap-anywhere">{name}</span>
                <span className="text-xs text-muted-foreground tabular-nums">
                  {t.rich("backupFile", {
                    size: formatBytes(bytes),
                    time: () => <RelativeTime at={createdAt} zone={zone} />,
                  })}
                </span>
              </li>
            ))}
          </ul>
          <p className="text-muted-foreground">
            {t("backupTotal", { count: backups.files.length, size: formatBytes(backups.bytes) })}
          </p>
        </>
      )}
      <p className="wrap-anywhere text-muted-foreground">{t("backupFolder", { path: backups.folder })}</p>
    </TitledCard>
  );
}
