"use client";

import { useTranslations } from "next-intl";
import { TextAreaField } from "@/components/forms/fields";
import { Checkbox } from "@/components/ui/checkbox";
import { FieldError, FieldSet } from "@/components/ui/field";
import { Label } from "@/components/ui/label";
import { useWords } from "@/components/ui/use-words";
import { SEVERITIES } from "@/lib/domain/notifications/severity";
import type { ChannelsScreen } from "@/lib/services/notifications/read-screens";

interface SubscriptionFieldsProps {
  isPortal: boolean;
  screen: Pick<ChannelsScreen, "kinds" | "sites">;
  errors: Record<string, string>;
}

/** Which kinds, and of what. */
export function SubscriptionFields({ isPortal, screen, errors }: SubscriptionFieldsProps) {
  const t = useTranslations("notifications");
  const word = useWords("notificationKinds");
  const { kinds, sites } = screen;
  return (
    <>
      <FieldSet legend={t("notifyAbout")}>
        <div className="grid gap-2 sm:grid-cols-2">
          {kinds.map(({ name, title }) => (
            <Choice key={name} group="kinds" value={name} label={word(title)} />
          ))}
        </div>
        <FieldError error={errors.kinds} />
      </FieldSet>
      <FieldSet legend={t("onlySeverities")}>
        <div className="flex flex-wrap gap-x-6 gap-y-2">
          {SEVERITIES.map((severity) => (
            <Choice key={severity} group="severities" value={severity} label={t(severity)} />
          ))}
        </div>
      </FieldSet>
      {!isPortal && (
        <>
          {sites.length > 1 && (
            <FieldSet legend={t("onlySites")}>
              <div className="grid gap-2 sm:grid-cols-2">
                {sites.map(({ id, name }) => (
                  <Choice key={id} group="siteIds" value={String(id)} label={name} />
                ))}
              </div>
            </FieldSet>
          )}
          <TextAreaField
            name="accounts"
            label={t("onlyAccounts")}
            description={t("namesNote")}
            rows={2}
            errors={errors}
          />
          <TextAreaField
            name="computers"
            label={t("onlyComputers")}
            description={t("namesNote")}
            rows={2}
            errors={errors}
          />
        </>
      )}
    </>
  );
}

function Choice({ group, value, label }: { group: string; value: string; label: string }) {
  const id = `${group}-${value}`;
  return (
    <div className="flex items-center gap-2.5">
      <Checkbox id={id} name={group} value={value} />
      <Label htmlFor={id} className="wrap-anywhere">
        {label}
      </Label>
    </div>
  );
}
