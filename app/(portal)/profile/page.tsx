import { getTranslations } from "next-intl/server";
import { PageCrumbs } from "@/components/layout/page-crumbs";
import { PageHeader } from "@/components/layout/page-header";
import { MfaCard } from "@/components/profile/mfa-card";
import { PasswordCard } from "@/components/profile/password-card";
import { PreferencesCard } from "@/components/profile/preferences-card";
import { SessionsCard } from "@/components/profile/sessions-card";
import { Texts } from "@/components/ui/texts";
import { deviceName } from "@/lib/domain/device-name";
import { listZones } from "@/lib/domain/zones";
import { disableMfaAction, renewRecoveryCodesAction } from "@/lib/server/auth/own-mfa-actions";
import { requireUser } from "@/lib/server/guards";
import { pageTitle } from "@/lib/server/texts/page-title";
import { getWords } from "@/lib/server/texts/words";
import { globalRoleText } from "@/lib/domain/actor";
import { listOwnSessions } from "@/lib/services/auth/sessions";
import { countRecoveryCodesLeft } from "@/lib/services/mfa/own-mfa";
import { readSettings } from "@/lib/services/settings/read-settings";
import { changePreferencesAction, endOtherSessionsAction, endOwnSessionAction } from "./actions";

export const generateMetadata = pageTitle("profile.title");

export default async function ProfilePage() {
  const { session } = await requireUser();
  const [sessions, codesLeft, settings] = await Promise.all([
    listOwnSessions(session.userId),
    countRecoveryCodesLeft(session.userId),
    readSettings(),
  ]);
  const [t, word] = await Promise.all([getTranslations("profile"), getWords()]);
  return (
    <Texts of={["profile"]}>
      <PageCrumbs crumbs={[{ label: t("title") }]} />
      <PageHeader
        title={t("title")}
        description={`${session.username} · ${session.email} · ${word(globalRoleText(session.role))}`}
      />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <PreferencesCard
          action={changePreferencesAction}
          timeZone={session.timeZone}
          theme={session.theme}
          language={session.language}
          portalZone={settings.timeZone}
          zones={listZones()}
        />
        <PasswordCard />
        <MfaCard
          isEnabled={session.mfaEnabled}
          isRequired={session.isMfaRequired}
          codesLeft={codesLeft}
          disableAction={disableMfaAction}
          renewAction={renewRecoveryCodesAction}
        />
        <SessionsCard
          sessions={sessions.map(({ userAgent, ...row }) => ({
            ...row,
            device: word(deviceName(userAgent)),
          }))}
          presentId={session.sessionId}
          zone={session.timeZone ?? settings.timeZone}
          endAction={endOwnSessionAction}
          endOthersAction={endOtherSessionsAction}
        />
      </div>
    </Texts>
  );
}
