import { getTranslations } from "next-intl/server";
import { PageHeader } from "@/components/layout/page-header";
import { DomainsCard } from "@/components/settings/domains-card";
import { MailCard } from "@/components/settings/mail-card";
import { SettingsForm } from "@/components/settings/settings-form";
import { Texts } from "@/components/ui/texts";
import { listZones } from "@/lib/domain/zones";
import { requirePermission } from "@/lib/server/guards";
import { portalTitle } from "@/lib/server/texts/guarded-title";
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

export const generateMetadata = portalTitle("settings.title", () => requirePermission("settings:update"));

export default async function SettingsPage() {
  const { access } = await requirePermission("settings:update");
  const [{ settings, fallbackZone }, domains] = await Promise.all([
    readSettingsToEdit(),
    readAllowedDomains(),
  ]);
  const t = await getTranslations("settings");
  return (
    <Texts of={["settings", "mailNotes"]}>
      <PageHeader title={t("title")} description={t("description")} />
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
    </Texts>
  );
}
