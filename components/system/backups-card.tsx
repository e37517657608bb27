import { Link } from "@/components/ui/link";
import { RelativeTime } from "@/components/time/relative-time";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
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
  const isOff = job?.nextRunAt === null;
  return (
    <Card>
      <CardHeader>
        <CardTitle>Backups</CardTitle>
        <CardDescription>
          {job?.lastSucceededAt != null ? (
            <>
              Last scheduled backup <RelativeTime at={job.lastSucceededAt} zone={zone} />.
            </>
          ) : (
            "No scheduled backup has been made yet."
          )}
        </CardDescription>
      </CardHeader>
      <CardContent className="grid gap-3 text-sm">
        {isOff && (
          <p className={isEmbedded ? "text-warning-text" : "text-muted-foreground"}>
            Scheduled backups are off. Switch them on in the{" "}
            <Link href="/admin/settings" className="text-link underline">
              settings
            </Link>
            {isEmbedded ? "." : ", unless the database server is backed up by other means."}
          </p>
        )}
        {backups.files.length > 0 && (
          <>
            <ul aria-label="Backup files" className="divide-y">
              {backups.files.slice(0, MOST_FILES).map(({ name, createdAt, bytes }) => (
                <li key={name} className="flex flex-wrap items-baseline justify-between gap-x-3 py-1.5">
                  <span className="min-w-0 font-mono text-xs wrap-anywhere">{name}</span>
                  <span className="text-xs text-muted-foreground tabular-nums">
                    {formatBytes(bytes)}, <RelativeTime at={createdAt} zone={zone} />
                  </span>
                </li>
              ))}
            </ul>
            <p className="text-muted-foreground">
              {backups.files.length.toLocaleString("en")} {backups.files.length === 1 ? "file" : "files"},{" "}
              {formatBytes(backups.bytes)} in all.
            </p>
          </>
        )}
        <p className="wrap-anywhere text-muted-foreground">Folder: {backups.folder}</p>
      </CardContent>
    </Card>
  );
}
