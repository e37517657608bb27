"use client";

import { useRouter } from "next/navigation";
import { ActionButton } from "@/components/forms/action-button";
import { ConfirmName } from "@/components/forms/confirm-name";
import { DialogButton } from "@/components/forms/dialog-button";
import { TextField } from "@/components/forms/fields";
import { PageCrumbs } from "@/components/layout/page-crumbs";
import { PageHeader } from "@/components/layout/page-header";
import { RelativeTime } from "@/components/time/relative-time";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import type { UserView } from "@/lib/services/users/read-users";
import { GLOBAL_ROLE_LABEL } from "@/lib/domain/actor";
import { GrantedAccessNote } from "./granted-access";
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
        <Card>
          <CardHeader>
            <CardTitle>Account</CardTitle>
          </CardHeader>
          <CardContent>
            <DescriptionList
              items={[
                { term: "State", value: <UserStateBadge user={user} /> },
                { term: "Global role", value: GLOBAL_ROLE_LABEL[user.globalRole] ?? user.globalRole },
                { term: "Second step", value: mfaText(user) },
                { term: "Password", value: user.mustChangePassword ? "Must be changed at sign-in" : "Set" },
                {
                  term: "Last sign-in",
                  value:
                    user.lastSignInAt === null ? (
                      "Never"
                    ) : (
                      <RelativeTime at={user.lastSignInAt} zone={zone} />
                    ),
                },
                { term: "Created", value: <RelativeTime at={user.createdAt} zone={zone} /> },
              ]}
            />
          </CardContent>
        </Card>
        <MembershipCard {...props} />
        <RoleCard {...props} />
        <DeleteCard {...props} />
      </div>
    </>
  );
}

/** Why something is not offered here. */
function Refusal({ user }: { user: UserView }) {
  const text = user.isSelf
    ? "This is your own account. Change your password and second step on your profile."
    : !user.can.update
      ? "You cannot change this account: it also belongs to a company you do not manage, or its role is not below yours. Ask a global administrator."
      : !user.can.delete
        ? "Only a global administrator can delete a company administrator."
        : null;
  return text && <p className="max-w-prose text-sm text-muted-foreground">{text}</p>;
}

function AccountButtons({ user, actions }: UserDetailProps) {
  const hidden = { userId: user.id };
  return (
    <>
      {user.can.update && (
        <DialogButton
          label="Edit"
          title={`Edit ${user.username}`}
          action={actions.updateAccountAction}
          hidden={hidden}
          submitLabel="Save"
          done="The user is saved."
        >
          {(errors) => (
            <>
              {user.can.chooseUsername ? (
                <TextField
                  name="username"
                  label="Username"
                  defaultValue={user.username}
                  errors={errors}
                  isRequired
                />
              ) : (
                <p className="text-sm text-muted-foreground">
                  Only a global administrator can change the username.
                </p>
              )}
              <TextField
                name="email"
                label="E-mail"
                type="email"
                defaultValue={user.email}
                errors={errors}
                isRequired
              />
            </>
          )}
        </DialogButton>
      )}
      {user.can.activate && (
        <ActionButton
          size="sm"
          variant={user.isActive ? "outline" : "default"}
          action={actions.setUsersActiveAction}
          hidden={{ userIds: user.id, isActive: String(!user.isActive) }}
          done={user.isActive ? "Deactivated. Their sessions have ended." : "Activated."}
        >
          {user.isActive ? "Deactivate" : "Activate"}
        </ActionButton>
      )}
      {user.can.signOut && (
        <ActionButton
          size="sm"
          variant="outline"
          action={actions.signUserOutAction}
          hidden={hidden}
          done={(result) =>
            result?.ended === 1 ? "1 session has ended." : `${result?.ended ?? 0} sessions have ended.`
          }
        >
          Sign out everywhere
        </ActionButton>
      )}
      {user.can.resetPassword && (
        <DialogButton
          label="Reset password"
          title={`Reset the password of ${user.username}`}
          description="They get a temporary password that must be changed, and their sessions end."
          action={actions.resetPasswordAction}
          hidden={hidden}
          submitLabel="Reset password"
          renderResult={(result) => <GrantedAccessNote result={result} />}
        />
      )}
      {user.can.resetMfa && user.mfaEnabled && (
        <DialogButton
          label="Reset second step"
          title={`Reset the second step of ${user.username}`}
          description="For a lost device: the authenticator and the recovery codes stop working, and their sessions end."
          action={actions.resetMfaAction}
          hidden={hidden}
          submitLabel="Reset second step"
          done="The second step is off."
        />
      )}
    </>
  );
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
          description={`The account, its ${user.memberships.length === 1 ? "membership" : `${user.memberships.length} memberships`} and its sessions are lost. This cannot be undone.`}
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
