import type { Metadata } from "next";
import { UserDetail } from "@/components/users/user-detail";
import { contextOf } from "@/lib/server/actions";
import { readOr404, requirePortalUserList } from "@/lib/server/guards";
import { canMailPersons } from "@/lib/services/mail/mail-pool";
import { readSettings } from "@/lib/services/settings/read-settings";
import { readUser } from "@/lib/services/users/read-users";
import * as actions from "../actions";

type Props = PageProps<"/admin/users/[userId]">;

async function open({ params }: Props) {
  const viewer = await requirePortalUserList();
  const { userId } = await params;
  const user = await readOr404(viewer, () => readUser(contextOf(viewer), Number(userId) || 0));
  return { viewer, user };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: `${(await open(props)).user.username} · Users` };
}

export default async function UserPage(props: Props) {
  const { viewer, user } = await open(props);
  const settings = await readSettings();
  return (
    <UserDetail
      user={user}
      zone={viewer.session.timeZone ?? settings.timeZone}
      backHref="/admin/users"
      isMfaRequiredForAll={settings.requireMfaForAllUsers}
      joinable={viewer.access.companies
        .filter(({ id }) => !user.memberships.some(({ companyId }) => companyId === id))
        .map(({ id, name }) => ({ id, name }))}
      canInvite={canMailPersons()}
      actions={{ ...actions }}
    />
  );
}
