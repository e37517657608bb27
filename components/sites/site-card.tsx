"use client";

import { WifiOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { DialogButton } from "@/components/forms/dialog-button";
import { ConfirmName } from "@/components/forms/confirm-name";
import { TextField } from "@/components/forms/fields";
import { EventAge } from "@/components/time/event-age";
import { formatDateTime } from "@/components/time/format";
import { Badge } from "@/components/ui/badge";
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { AddKey } from "./key-dialogs";
import { KeyList } from "./key-list";
import type { SiteProps } from "./site-actions";

export function SiteCard(props: SiteProps) {
  const t = useTranslations("sites");
  const { site, zone } = props;
  const { lastEventAt } = site;
  const counts = { today: site.eventsToday, total: site.eventCount, computers: site.computerCount };
  return (
    <Card>
      <CardHeader className="max-sm:has-data-[slot=card-action]:grid-cols-1">
        <CardTitle className="flex flex-wrap items-center gap-x-2 gap-y-1 wrap-anywhere">
          {site.name}
          <SilentMark since={site.silentSince} zone={zone} />
        </CardTitle>
        <CardDescription>
          {lastEventAt === null
            ? t("summaryNever", counts)
            : t.rich("summary", { ...counts, time: () => <EventAge at={lastEventAt} zone={zone} /> })}
        </CardDescription>
        <CardAction className="max-sm:col-start-1 max-sm:row-span-1 max-sm:row-start-3 max-sm:mt-2 max-sm:justify-self-start">
          <SiteButtons {...props} />
        </CardAction>
      </CardHeader>
      <CardContent>
        <KeyList {...props} />
      </CardContent>
    </Card>
  );
}

function SilentMark({ since, zone }: { since: number | null | undefined; zone: string }) {
  const t = useTranslations("sites");
  if (since === undefined) return null;
  return (
    <Badge variant="warning" className="max-w-full shrink whitespace-normal">
      <WifiOff aria-hidden className="shrink-0" />
      {since === null
        ? t("neverReported")
        : t("silentSince", { time: formatDateTime(since, zone, "minute") })}
    </Badge>
  );
}

function SiteButtons({ companyId, site, actions }: SiteProps) {
  const t = useTranslations("sites");
  const hidden = { companyId, siteId: site.id };
  const named = { site: site.name };
  return (
    <div className="flex flex-wrap gap-2">
      <AddKey companyId={companyId} site={site} action={actions.createKeyAction} />
      <DialogButton
        label={t("rename")}
        title={t("renameTitle", named)}
        action={actions.renameSiteAction}
        hidden={hidden}
        done={t("renamed")}
      >
        {(errors) => (
          <TextField
            name="name"
            label={t("name")}
            defaultValue={site.name}
            errors={errors}
            maxLength={100}
            isRequired
          />
        )}
      </DialogButton>
      <DialogButton
        label={t("delete")}
        title={t("deleteTitle", named)}
        description={t("deleteNote", { keys: site.keys.length, events: site.eventCount })}
        action={actions.deleteSiteAction}
        hidden={hidden}
        submitLabel={t("deleteSite")}
        isDestructive
        done={t("deleted", named)}
      >
        {(errors) => <ConfirmName name={site.name} errors={errors} />}
      </DialogButton>
    </div>
  );
}
