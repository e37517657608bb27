import type { Metadata } from "next";
import { PageHeader } from "@/components/layout/page-header";
import { DomainsCard } from "@/components/settings/domains-card";
import { MailCard } from "@/components/settings/mail-card";
import { SettingsForm } from "@/components/settings/settings-form";
import { listZones } from "@/lib/domain/zones";
import { requirePermission } from "@/lib/server/guards";
import { readMailSetUp } from "@/lib/services/mail/test-mail";
import { readAllowedDomains } from "@/lib/services/settings/allowed-domains";
import { readSettingsToEdit } from "@/lib/services/settings/read-settings";
import {
  addDomainAction,
  previewRetentionAction,
  removeDomainAction,
  sendTestMailAction,
  updateSettingsAction,
} from "./actions";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage() {
  const { access } = await requirePermission("settings:update");
  const [{ settings, fallbackZone }, domains] = await Promise.all([
    readSettingsToEdit(),
    readAllowedDomains(),
  ]);
  return (
    <>
      <PageHeader title="Settings" description="These apply to every company that doesn't override them." />
      <div className="grid items-start gap-4 xl:grid-cols-[2fr_1fr]">
        <SettingsForm
          settings={settings}
          fallbackZone={fallbackZone}
          zones={listZones()}
          action={updateSettingsAction}
          previewAction={previewRetentionAction}
        />
        <div className="grid gap-4">
          <DomainsCard
            domains={domains}
            isRestricted={settings.allowRegistration && settings.restrictEmailDomains}
            addAction={addDomainAction}
            removeAction={removeDomainAction}
          />
          <MailCard setUp={readMailSetUp(access)} testAction={sendTestMailAction} />
        </div>
      </div>
    </>
  );
}
