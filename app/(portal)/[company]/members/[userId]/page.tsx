import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Texts } from "@/components/ui/texts";
import { UserDetail } from "@/components/users/user-detail";
import { contextOf } from "@/lib/server/actions";
import { readOr404, requireCompanyPermission } from "@/lib/server/guards";
import { rowIdOf } from "@/lib/server/search-params";
import { guardedTitle } from "@/lib/server/texts/guarded-title";
import { canMailPersons } from "@/lib/services/mail/mail-pool";
import { readSettings } from "@/lib/services/settings/read-settings";
import { readUser } from "@/lib/services/users/read-users";
import * as actions from "../../../admin/users/actions";

type Props = PageProps<"/[company]/members/[userId]">;

async function open({ params }: Props) {
  const opened = await requireCompanyPermission(params, "user:list");
  if (!("managed" in opened)) notFound();
  const { managed } = opened;
  const userId = rowIdOf((await params).userId);
  const user = await readOr404(managed, () => readUser(contextOf(managed), userId, managed.company.id));
  return { managed, user };
}

export function generateMetadata(props: Props): Promise<Metadata> {
  return guardedTitle(async () => {
    const { managed, user } = await open(props);
    const t = await getTranslations("users");
    return t("memberPageTitle", { username: user.username, company: managed.company.name });
  });
}

export default async function MemberPage(props: Props) {
  const { managed, user } = await open(props);
  return (
    <Texts of={["users", "userDetail", "roles"]}>
      <UserDetail
        user={user}
        zone={managed.timeZone}
        backHref={`/${managed.company.id}/members`}
        isMfaRequiredForAll={(await readSettings()).requireMfaForAllUsers}
        joinable={[]}
        canInvite={canMailPersons()}
        actions={{ ...actions }}
      />
    </Texts>
  );
}
