import { cookies } from "next/headers";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { StepUp } from "@/components/forms/step-up";
import { AppShell } from "@/components/layout/app-shell";
import { AccountNotices } from "@/components/layout/account-notices";
import { NotificationBell } from "@/components/layout/notification-bell";
import { OwnerActivity } from "@/components/layout/owner-activity";
import { StoredTheme } from "@/components/layout/stored-theme";
import { Texts } from "@/components/ui/texts";
import { globalRoleText } from "@/lib/domain/actor";
import { ALL_COMPANIES } from "@/lib/domain/nav-model";
import { proveAction } from "@/lib/server/auth/prove-action";
import { signOutAction } from "@/lib/server/auth/sign-out";
import { requireUser } from "@/lib/server/guards";
import { navigationFor } from "@/lib/server/navigation";
import { getWords } from "@/lib/server/texts/words";
import { readSettings } from "@/lib/services/settings/read-settings";
import { readAccountNotices } from "@/lib/services/users/account-notices";
import { bellCompanyIds } from "@/lib/services/notifications/bell";
import { countWaiting } from "@/lib/services/users/read-users";
import { markNotificationsReadAction } from "./bell/actions";
import { dismissAccountNoticesAction } from "./profile/actions";

/** The frame around the portal's pages. It guards nothing: each page does that for itself. */
export default async function PortalLayout({ children }: { children: ReactNode }) {
  const { session, access } = await requireUser();
  const isCollapsed = (await cookies()).get("sidebar_state")?.value === "collapsed";
  const zone = session.timeZone ?? (await readSettings()).timeZone;
  const mayHear = (await bellCompanyIds(access.actor)).length > 0;
  return (
    <Texts of={["lists", "reportColumns", "shell"]}>
      <AppShell
        nav={navigationFor(await getTranslations("nav"), access, await countWaiting(access.actor))}
        companies={access.companies.map(({ id, name }) => ({ id: String(id), name }))}
        defaultCompanyId={access.companies.length === 1 ? String(access.companies[0]!.id) : ALL_COMPANIES}
        user={{
          name: session.username,
          role: (await getWords())(globalRoleText(session.role)),
          email: session.email,
        }}
        signOutAction={signOutAction}
        isSidebarCollapsed={isCollapsed}
        bell={mayHear && <NotificationBell markReadAction={markNotificationsReadAction} zone={zone} />}
      >
        <OwnerActivity />
        <StoredTheme theme={session.theme} />
        <AccountNotices
          notices={await noticesOf(session.userId)}
          zone={zone}
          action={dismissAccountNoticesAction}
        />
        {children}
        <StepUp action={proveAction} />
      </AppShell>
    </Texts>
  );
}

async function noticesOf(userId: number) {
  const [notices, word] = await Promise.all([readAccountNotices(userId), getWords()]);
  return notices.map((notice) => ({ ...notice, text: word(notice.text) }));
}
