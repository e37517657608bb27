"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { ConfirmName } from "@/components/forms/confirm-name";
import { DialogButton } from "@/components/forms/dialog-button";
import { PageCrumbs } from "@/components/layout/page-crumbs";
import { PageHeader } from "@/components/layout/page-header";
import { RelativeTime } from "@/components/time/relative-time";
import { TitledCard } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import type { UserView } from "@/lib/services/users/read-users";
import { useWords } from "@/components/ui/use-words";
import { globalRoleText } from "@/lib/domain/actor";
import { AccountButtons } from "./account-buttons";
import { InvitationText } from "./invitation";
import { MembershipCard } from "./membership-card";
import { RoleCard } from "./role-card";
import type { UserDetailProps } from "./user-actions";
import { TwoFactorState, UserStateBadge } from "./user-badges";

/** Everything about one user that the viewer may see and do. */
export function UserDetail(props: UserDetailProps) {
  const t = useTranslations("userDetail");
  const tUsers = useTranslations("users");
  const word = useWords("roles");
  const { user, zone } = props;
  const { lastSignInAt } = user;
  return (
    <>
      <PageCrumbs crumbs={[{ label: user.username }]} />
      <PageHeader title={user.username} description={user.email} actions={<AccountButtons {...props} />} />
      <Refusal user={user} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <TitledCard title={t("account")}>
          <DescriptionList
            items={[
              { term: tUsers("state"), value: <UserStateBadge user={user} /> },
              { term: tUsers("globalRole"), value: word(globalRoleText(user.globalRole)) },
              { term: tUsers("twoFactor"), value: <TwoFactorState user={user} /> },
              { term: tUsers("password"), value: <PasswordState user={user} zone={zone} /> },
              {
                term: tUsers("lastSignIn"),
                value:
                  lastSignInAt === null ? tUsers("never") : <RelativeTime at={lastSignInAt} zone={zone} />,
              },
              { term: tUsers("created"), value: <RelativeTime at={user.createdAt} zone={zone} /> },
            ]}
          />
        </TitledCard>
        <MembershipCard {...props} />
        <RoleCard {...props} />
        <DeleteCard {...props} />
      </div>
    </>
  );
}

function PasswordState({ user, zone }: Pick<UserDetailProps, "user" | "zone">) {
  const t = useTranslations("userDetail");
  if (user.invitation) return <InvitationText invitation={user.invitation} zone={zone} hasZone />;
  return user.mustChangePassword ? t("passwordChange") : t("passwordSet");
}

/** Why something is not offered here. */
function Refusal({ user }: { user: UserView }) {
  const t = useTranslations("userDetail");
  const text = user.isSelf
    ? t("isSelf")
    : !user.can.update
      ? t("cantChange")
      : !user.can.delete
        ? t("cantDelete")
        : null;
  return text && <p className="max-w-prose text-sm text-muted-foreground">{text}</p>;
}

function DeleteCard({ user, backHref, actions }: UserDetailProps) {
  const t = useTranslations("userDetail");
  const { username } = user;
  const router = useRouter();
  if (!user.can.delete) return null;
  return (
    <TitledCard
      className="border-destructive-text/50"
      title={t("deleteUser")}
      description={t("deleteCardNote")}
    >
      <DialogButton
        label={t("deleteUser")}
        variant="destructive"
        title={t("deleteTitle", { username })}
        description={t("deleteNote", { count: user.memberships.length })}
        action={actions.deleteUserAction}
        hidden={{ userId: user.id }}
        isDestructive
        done={t("deleted", { username })}
        onDone={(_, isHere) => isHere && router.push(backHref)}
      >
        {(errors) => <ConfirmName name={username} errors={errors} />}
      </DialogButton>
    </TitledCard>
  );
}
