"use client";

import { DialogButton } from "@/components/forms/dialog-button";
import { ConfirmName } from "@/components/forms/confirm-name";
import { TextField } from "@/components/forms/fields";
import { EventAge } from "@/components/time/event-age";
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { AddKey } from "./key-dialogs";
import { KeyList } from "./key-list";
import type { SiteProps } from "./site-actions";

const count = (number: number, one: string, many: string) =>
  `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

export function SiteCard(props: SiteProps) {
  const { site, zone } = props;
  return (
    <Card>
      <CardHeader className="max-sm:has-data-[slot=card-action]:grid-cols-1">
        <CardTitle className="wrap-anywhere">{site.name}</CardTitle>
        <CardDescription>
          {count(site.eventsToday, "event", "events")} today, {site.eventCount.toLocaleString("en")} in all,
          from {count(site.computerCount, "computer", "computers")}; last event{" "}
          {site.lastEventAt === null ? "never" : <EventAge at={site.lastEventAt} zone={zone} />}
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

function SiteButtons({ companyId, site, actions }: SiteProps) {
  const hidden = { companyId, siteId: site.id };
  const keys = count(site.keys.length, "API key", "API keys");
  return (
    <div className="flex flex-wrap gap-2">
      <AddKey companyId={companyId} site={site} action={actions.createKeyAction} />
      <DialogButton
        label="Rename"
        title={`Rename ${site.name}`}
        action={actions.renameSiteAction}
        hidden={hidden}
        submitLabel="Rename"
        done="The site is renamed."
      >
        {(errors) => (
          <TextField
            name="name"
            label="Name"
            defaultValue={site.name}
            errors={errors}
            maxLength={100}
            isRequired
          />
        )}
      </DialogButton>
      <DialogButton
        label="Delete"
        title={`Delete ${site.name}`}
        description={`Its ${keys} stop working at once, and its agents are refused. Its ${count(site.eventCount, "event", "events")} stay.`}
        action={actions.deleteSiteAction}
        hidden={hidden}
        submitLabel="Delete site"
        isDestructive
        done={`${site.name} is deleted.`}
      >
        {(errors) => <ConfirmName name={site.name} errors={errors} />}
      </DialogButton>
    </div>
  );
}
