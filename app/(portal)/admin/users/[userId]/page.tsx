import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Texts } from "@/components/ui/texts";
import { UserDetail } from "@/components/users/user-detail";
import { contextOf } from "@/lib/server/actions";
import { readOr404, requirePortalUserList } from "@/lib/server/guards";
import { rowIdOf } from "@/lib/server/search-params";
import { guardedTitle } from "@/lib/server/texts/guarded-title";
import { canMailPersons } from "@/lib/services/mail/mail-pool";
import { readSettings } from "@/lib/services/settings/read-settings";
import { joinableOf, readUser } from "@/lib/services/users/read-users";
import * as actions from "../actions";

type Props = PageProps<"/admin/users/[userId]">;

async function open({ params }: Props) {
  const viewer = await requirePortalUserList();
  const userId = rowIdOf((await params).userId);
  const user = await readOr404(viewer, () => readUser(contextOf(viewer), userId));
  return { viewer, user };
}

export function generateMetadata(props: Props): Promise<Metadata> {
  return guardedTitle(async () => {
    const { user } = await open(props);
    return (await getTranslations("users"))("userPageTitle", { username: user.username });
  });
}

export default async function UserPage(props: Props) {
  const { viewer, user } = await open(props);
  const settings = await readSettings();
  return (
    <Texts of={["users", "userDetail", "roles"]}>
      <UserDetail
        user={user}
        zone={viewer.session.timeZone ?? settings.timeZone}
        backHref="/admin/users"
        isMfaRequiredForAll={settings.requireMfaForAllUsers}
        joinable={joinableOf(viewer.access.actor, user, viewer.access.companies)}
        canInvite={canMailPersons()}
        actions={{ ...actions }}
      />
    </Texts>
  );
}
