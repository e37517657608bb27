"use client";

import { useRouter } from "next/navigation";
import { ConfirmName } from "@/components/forms/confirm-name";
import { DialogButton } from "@/components/forms/dialog-button";
import { PageCrumbs } from "@/components/layout/page-crumbs";
import { PageHeader } from "@/components/layout/page-header";
import { RelativeTime } from "@/components/time/relative-time";
import { Card, CardContent, CardDescription, CardHeader, CardTitle, TitledCard } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import type { UserView } from "@/lib/services/users/read-users";
import { GLOBAL_ROLE_LABEL } from "@/lib/domain/actor";
import { AccountButtons } from "./account-buttons";
import { InvitationText } from "./invitation";
import { MembershipCard } from "./membership-card";
import { RoleCard } from "./role-card";
import type { UserDetailProps } from "./user-actions";
import { mfaText, UserStateBadge } from "./user-badges";

/** Everything about one user that the viewer may see and do. */
export function UserDetail(props: UserDetailProps) {
  const { user, zone } = props;
  return (
    <>
      <PageCrumbs crumbs={[{ label: user.username }]} />
      <PageHeader title={user.username} description={user.email} actions={<AccountButtons {...props} />} />
      <Refusal user={user} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <TitledCard title="Account">
          <DescriptionList
            items={[
              { term: "State", value: <UserStateBadge user={user} /> },
              { term: "Global role", value: GLOBAL_ROLE_LABEL[user.globalRole] ?? user.globalRole },
              { term: "Two-factor authentication", value: mfaText(user) },
              { term: "Password", value: <PasswordState user={user} zone={zone} /> },
              {
                term: "Last sign-in",
                value:
                  user.lastSignInAt === null ? "Never" : <RelativeTime at={user.lastSignInAt} zone={zone} />,
              },
              { term: "Created", value: <RelativeTime at={user.createdAt} zone={zone} /> },
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
  if (user.invitation) return <InvitationText invitation={user.invitation} zone={zone} hasZone />;
  return user.mustChangePassword ? "Must be changed at sign-in" : "Set";
}

/** Why something is not offered here. */
function Refusal({ user }: { user: UserView }) {
  const text = user.isSelf
    ? "This is your own account. Change your password and two-factor authentication on your profile."
    : !user.can.update
      ? "You cannot change this account: it also belongs to a company you do not manage, or its role is not below yours. Ask a global administrator."
      : !user.can.delete
        ? "Only a global administrator can delete a company administrator."
        : null;
  return text && <p className="max-w-prose text-sm text-muted-foreground">{text}</p>;
}

function DeleteCard({ user, backHref, actions }: UserDetailProps) {
  const router = useRouter();
  if (!user.can.delete) return null;
  return (
    <Card className="border-destructive-text/50">
      <CardHeader>
        <CardTitle>Delete user</CardTitle>
        <CardDescription>What they did stays in the audit trail under their name.</CardDescription>
      </CardHeader>
      <CardContent>
        <DialogButton
          label="Delete user"
          variant="destructive"
          title={`Delete ${user.username}`}
          description={`The account, its ${user.memberships.length === 1 ? "membership" : `${user.memberships.length} memberships`} and its sessions are lost, and its address is taken out of the notification channels of its companies. This cannot be undone.`}
          action={actions.deleteUserAction}
          hidden={{ userId: user.id }}
          submitLabel="Delete user"
          isDestructive
          done={`${user.username} is deleted.`}
          onDone={() => router.push(backHref)}
        >
          {(errors) => <ConfirmName name={user.username} errors={errors} />}
        </DialogButton>
      </CardContent>
    </Card>
  );
}
