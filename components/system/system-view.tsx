import { formatFixed, formatNumber } from "@/components/ui/format-number";
import { CircleCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import type { FormAction } from "@/lib/domain/form-result";
import { PageHeader } from "@/components/layout/page-header";
import { RelativeTime } from "@/components/time/relative-time";
import { ZoneLabel } from "@/components/time/zone-label";
import { TitledCard } from "@/components/ui/card";
import { TextLink } from "@/components/ui/text-link";
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
  const t = useTranslations("system");
  const nav = useTranslations("nav");
  return (
    <>
      <PageHeader
        title={nav("system")}
        description={t.rich("note", { zone: () => <ZoneLabel zone={zone} at={readAt} /> })}
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
          <JobsCard jobs={system.jobs} zone={zone} readAt={readAt} action={requestJobAction} />
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
  const t = useTranslations("system");
  return (
    <TitledCard title={t("server")}>
      <DescriptionList
        items={[
          { term: t("version"), value: app.version },
          { term: t("commit"), value: app.commit && <code className="font-mono text-xs">{app.commit}</code> },
          { term: t("node"), value: app.node },
          { term: t("started"), value: <RelativeTime at={app.startedAt} zone={zone} /> },
          { term: t("memory"), value: formatBytes(app.residentBytes) },
          { term: t("liveViews"), value: formatNumber(liveFeeds) },
          { term: t("rateLimits"), value: limitStore },
        ]}
      />
    </TitledCard>
  );
}

function DatabaseCard({ system: { database, dataFolder }, zone }: Pick<SystemViewProps, "system" | "zone">) {
  const t = useTranslations("system");
  return (
    <TitledCard title={t("database")}>
      <DescriptionList
        items={[
          { term: t("postgres"), value: database.version },
          { term: t("runBy"), value: database.isEmbedded ? t("runByPortal") : t("runByOthers") },
          { term: t("started"), value: <RelativeTime at={database.startedAt} zone={zone} /> },
          { term: t("size"), value: formatBytes(database.bytes) },
          { term: t("roundTrip"), value: `${formatFixed(database.latencyMs, 1)} ms` },
          { term: t("dataFolder"), value: dataFolder?.path },
          {
            term: t("freeSpace"),
            value:
              dataFolder &&
              t("freeOf", {
                free: formatBytes(dataFolder.freeBytes),
                total: formatBytes(dataFolder.totalBytes),
              }),
          },
        ]}
      />
    </TitledCard>
  );
}

function SilentSitesCard({ sites, zone }: { sites: System["silentSites"]; zone: string }) {
  const t = useTranslations("system");
  return (
    <TitledCard title={t("silentSites")}>
      {sites.length === 0 ? (
        <p className="flex items-center gap-2 text-sm text-muted-foreground">
          <CircleCheck aria-hidden className="size-4 text-success-text" /> {t("allReporting")}
        </p>
      ) : (
        <ul className="divide-y text-sm">
          {sites.slice(0, MOST_SITES).map(({ companyId, companyName, siteId, siteName, lastAt }) => (
            <li key={siteId} className="flex items-center justify-between gap-3 py-1.5">
              <TextLink href={`/${companyId}/sites`} className="min-w-0 wrap-anywhere">
                {t("siteOf", { company: companyName, site: siteName })}
              </TextLink>
              <span className="shrink-0 text-xs text-muted-foreground">
                {lastAt === null ? t("neverReported") : <RelativeTime at={lastAt} zone={zone} />}
              </span>
            </li>
          ))}
        </ul>
      )}
      {sites.length > MOST_SITES && (
        <p className="mt-2 text-sm text-muted-foreground">
          {t("moreSites", { count: sites.length - MOST_SITES })}
        </p>
      )}
    </TitledCard>
  );
}
