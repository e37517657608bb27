"use client";

import { KeyRound, Package, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { DialogButton } from "@/components/forms/dialog-button";
import { TextField } from "@/components/forms/fields";
import { useRefreshPast } from "@/components/live/use-refresh-past";
import { ExportMenu } from "@/components/exports/export-menu";
import { PageHeader } from "@/components/layout/page-header";
import { ZoneLabel } from "@/components/time/zone-label";
import { LinkButton } from "@/components/ui/link-button";
import { EmptyState } from "@/components/ui/empty-state";
import type { SiteView } from "@/lib/services/sites/read-sites";
import type { SiteActions } from "./site-actions";
import { WhichKey } from "./which-key";
import { SiteCard } from "./site-card";

interface SitesViewProps {
  companyId: number;
  sites: SiteView[];
  zone: string;
  /** Epoch milliseconds. */
  readAt: number;
  actions: SiteActions;
}

/** A company's sites, each with its keys. */
export function SitesView({ companyId, sites, zone, readAt, actions }: SitesViewProps) {
  const t = useTranslations("sites");
  useRefreshPast(
    sites.flatMap(({ keys }) => keys.map(({ state, expiresAt }) => (state === "ending" ? expiresAt : null))),
    readAt,
  );
  const add = (
    <DialogButton
      variant="default"
      icon={Plus}
      label={t("add")}
      opensBy="add"
      title={t("addTitle")}
      description={t("addNote")}
      action={actions.createSiteAction}
      hidden={{ companyId }}
      done={t("added")}
    >
      {(errors) => <TextField name="name" label={t("name")} errors={errors} maxLength={100} isRequired />}
    </DialogButton>
  );
  return (
    <>
      <PageHeader
        title={t("title")}
        description={<ZoneLabel zone={zone} at={readAt} />}
        actions={
          <>
            {sites.length > 0 && (
              <>
                <ExportMenu report="site-keys" companyRef={String(companyId)} query="" />
                <LinkButton href={`/${companyId}/agent`} size="sm">
                  <Package aria-hidden />
                  {t("agentPackage")}
                </LinkButton>
              </>
            )}
            {add}
          </>
        }
      />
      {sites.length === 0 ? (
        <EmptyState icon={KeyRound} title={t("none")} description={t("noneNote")} />
      ) : (
        <div className="grid gap-4">
          <WhichKey companyId={companyId} action={actions.findKeyAction} />
          {sites.map((site) => (
            <SiteCard key={site.id} companyId={companyId} site={site} zone={zone} actions={actions} />
          ))}
        </div>
      )}
    </>
  );
}
