"use client";

import { KeyRound, Package, Plus } from "lucide-react";
import { Link } from "@/components/ui/link";
import { DialogButton } from "@/components/forms/dialog-button";
import { TextField } from "@/components/forms/fields";
import { PageHeader } from "@/components/layout/page-header";
import { ZoneLabel } from "@/components/time/zone-label";
import { Button } from "@/components/ui/button";
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
  const add = (
    <DialogButton
      variant="default"
      label={
        <>
          <Plus aria-hidden />
          Add site
        </>
      }
      opensBy="add"
      title="Add a site"
      description="An office of the company. It gets an API key of its own for its agents."
      action={actions.createSiteAction}
      hidden={{ companyId }}
      submitLabel="Add site"
      done="Site added"
    >
      {(errors) => <TextField name="name" label="Name" errors={errors} maxLength={100} isRequired />}
    </DialogButton>
  );
  return (
    <>
      <PageHeader
        title="Sites and API keys"
        description={<ZoneLabel zone={zone} at={readAt} />}
        actions={
          <>
            {sites.length > 0 && (
              <Button asChild variant="outline" size="sm">
                <Link href={`/${companyId}/agent`}>
                  <Package aria-hidden />
                  Agent package
                </Link>
              </Button>
            )}
            {add}
          </>
        }
      />
      {sites.length === 0 ? (
        <EmptyState
          icon={KeyRound}
          title="No site yet"
          description="Agents report in the name of a site, with its API key."
        />
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
