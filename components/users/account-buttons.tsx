"use client";

import { ActionButton } from "@/components/forms/action-button";
import { DialogButton } from "@/components/forms/dialog-button";
import { TextField } from "@/components/forms/fields";
import { GrantedAccessNote } from "./granted-access";
import { InvitationButtons } from "./invitation";
import type { UserDetailProps } from "./user-actions";

/** What can be done to the account itself. */
export function AccountButtons(props: UserDetailProps) {
  const { user, actions } = props;
  const hidden = { userId: user.id };
  return (
    <>
      <InvitationButtons {...props} />
      <EditButton {...props} />
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
      <ResetButtons {...props} />
    </>
  );
}

function EditButton({ user, actions }: UserDetailProps) {
  if (!user.can.update) return null;
  return (
    <DialogButton
      label="Edit"
      title={`Edit ${user.username}`}
      action={actions.updateAccountAction}
      hidden={{ userId: user.id }}
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
  );
}

function ResetButtons({ user, actions }: UserDetailProps) {
  const hidden = { userId: user.id };
  return (
    <>
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
          label="Reset two-factor authentication"
          title={`Reset two-factor authentication for ${user.username}`}
          description="For a lost device: the authenticator and the recovery codes stop working, and their sessions end."
          action={actions.resetMfaAction}
          hidden={hidden}
          submitLabel="Reset two-factor authentication"
          done="Two-factor authentication is off."
        />
      )}
    </>
  );
}
