import { CircleCheck } from "lucide-react";
import type { FormAction } from "@/lib/domain/form-result";
import { PageHeader } from "@/components/layout/page-header";
import { RelativeTime } from "@/components/time/relative-time";
import { ZoneLabel } from "@/components/time/zone-label";
import { TitledCard } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import type { SystemView as System } from "@/lib/services/system/read-system";
import { BackupsCard } from "./backups-card";
import { formatBytes } from "./bytes";
import { JobsCard } from "./jobs-card";
import { QueuesCard } from "./queues-card";
import { ReplicasCard } from "./replicas-card";

interface SystemViewProps {
  system: System;
  liveFeeds: number;
  limitStore: string;
  zone: string;
  /** Epoch milliseconds. */
  readAt: number;
  requestJobAction: FormAction<{ name: string }>;
}

const MOST_SITES = 50;

/** How the installation fares. */
export function SystemView({
  system,
  liveFeeds,
  limitStore,
  zone,
  readAt,
  requestJobAction,
}: SystemViewProps) {
  return (
    <>
      <PageHeader
        title="System"
        description={
          <>
            As this server sees it. <ZoneLabel zone={zone} at={readAt} />
          </>
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <ServerCard system={system} liveFeeds={liveFeeds} limitStore={limitStore} zone={zone} />
        <DatabaseCard system={system} zone={zone} />
        {system.replicas.length > 0 && (
          <div className="min-w-0 lg:col-span-2">
            <ReplicasCard replicas={system.replicas} />
          </div>
        )}
        <div className="min-w-0 lg:col-span-2">
          <JobsCard jobs={system.jobs} zone={zone} action={requestJobAction} />
        </div>
        <div className="min-w-0 lg:col-span-2">
          <QueuesCard queues={system.queues} attempts={system.attempts} />
        </div>
        <BackupsCard
          backups={system.backups}
          job={system.jobs.find(({ name }) => name === "backup")}
          isEmbedded={system.database.isEmbedded}
          zone={zone}
        />
        <SilentSitesCard sites={system.silentSites} zone={zone} />
      </div>
    </>
  );
}

function ServerCard({
  system: { app },
  liveFeeds,
  limitStore,
  zone,
}: Pick<SystemViewProps, "system" | "liveFeeds" | "limitStore" | "zone">) {
  return (
    <TitledCard title="Server">
      <DescriptionList
        items={[
          { term: "Version", value: app.version },
          { term: "Commit", value: app.commit && <code className="font-mono text-xs">{app.commit}</code> },
          { term: "Node", value: app.node },
          { term: "Started", value: <RelativeTime at={app.startedAt} zone={zone} /> },
          { term: "Memory", value: formatBytes(app.residentBytes) },
          { term: "Live views", value: liveFeeds.toLocaleString("en") },
          { term: "Rate limits", value: limitStore },
        ]}
      />
    </TitledCard>
  );
}

function DatabaseCard({ system: { database, dataFolder }, zone }: Pick<SystemViewProps, "system" | "zone">) {
  return (
    <TitledCard title="Database and storage">
      <DescriptionList
        items={[
          { term: "PostgreSQL", value: database.version },
          {
            term: "Run by",
            value: database.isEmbedded ? "This program, in its data folder" : "Others (DATABASE_URL)",
          },
          { term: "Started", value: <RelativeTime at={database.startedAt} zone={zone} /> },
          { term: "Size", value: formatBytes(database.bytes) },
          { term: "Round trip", value: `${database.latencyMs.toFixed(1)} ms` },
          { term: "Data folder", value: dataFolder?.path },
          {
            term: "Free space",
            value:
              dataFolder && `${formatBytes(dataFolder.freeBytes)} of ${formatBytes(dataFolder.totalBytes)}`,
          },
        ]}
      />
    </TitledCard>
  );
}

function SilentSitesCard({ sites, zone }: { sites: System["silentSites"]; zone: string }) {
  return (
    <TitledCard title="Silent sites">
      {sites.length === 0 ? (
        <p className="flex items-center gap-2 text-sm text-muted-foreground">
          <CircleCheck aria-hidden className="size-4 text-success-text" /> Every site is reporting.
        </p>
      ) : (
        <ul className="divide-y text-sm">
          {sites.slice(0, MOST_SITES).map(({ companyName, siteId, siteName, lastAt }) => (
            <li key={siteId} className="flex items-center justify-between gap-3 py-1.5">
              <span className="min-w-0 wrap-anywhere">
                {companyName}, {siteName}
              </span>
              <span className="shrink-0 text-xs text-muted-foreground">
                {lastAt === null ? "never reported" : <RelativeTime at={lastAt} zone={zone} />}
              </span>
            </li>
          ))}
        </ul>
      )}
      {sites.length > MOST_SITES && (
        <p className="mt-2 text-sm text-muted-foreground">
          And {(sites.length - MOST_SITES).toLocaleString("en")} more.
        </p>
      )}
    </TitledCard>
  );
}
