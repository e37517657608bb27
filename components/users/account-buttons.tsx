"use client";

import { useTranslations } from "next-intl";
import { ActionButton } from "@/components/forms/action-button";
import { DialogButton } from "@/components/forms/dialog-button";
import { TextField } from "@/components/forms/fields";
import { GrantedAccessNote } from "./granted-access";
import { InvitationButtons } from "./invitation-buttons";
import type { UserDetailProps } from "./user-actions";

/** What can be done to the account itself. */
export function AccountButtons(props: UserDetailProps) {
  const t = useTranslations("userDetail");
  const { user, actions } = props;
  const hidden = { userId: user.id };
  return (
    <>
      <InvitationButtons {...props} />
      <EditButton {...props} />
      {user.can.activate && <ActiveSwitch {...props} />}
      {user.can.signOut && (
        <ActionButton
          size="sm"
          variant="outline"
          action={actions.signUserOutAction}
          hidden={hidden}
          done={(result) => t("sessionsEnded", { count: result?.ended ?? 0 })}
        >
          {t("signOutEverywhere")}
        </ActionButton>
      )}
      <ResetButtons {...props} />
    </>
  );
}

function ActiveSwitch({ user, actions }: UserDetailProps) {
  const t = useTranslations("userDetail");
  const tUsers = useTranslations("users");
  if (user.isActive) {
    return (
      <DialogButton
        label={tUsers("deactivate")}
        title={t("deactivateTitle", { username: user.username })}
        description={tUsers("deactivateNote", { count: 1 })}
        action={actions.setUsersActiveAction}
        hidden={{ userIds: user.id, isActive: "false" }}
        isDestructive
        done={t("deactivated")}
      />
    );
  }
  return (
    <ActionButton
      size="sm"
      action={actions.setUsersActiveAction}
      hidden={{ userIds: user.id, isActive: "true" }}
      done={t("activated")}
    >
      {tUsers("activate")}
    </ActionButton>
  );
}

function EditButton({ user, actions }: UserDetailProps) {
  const t = useTranslations("userDetail");
  const tUsers = useTranslations("users");
  if (!user.can.update) return null;
  return (
    <DialogButton
      label={t("edit")}
      title={t("editTitle", { username: user.username })}
      action={actions.updateAccountAction}
      hidden={{ userId: user.id }}
      submitLabel={t("save")}
      done={t("saved")}
    >
      {(errors) => (
        <>
          {user.can.chooseUsername ? (
            <TextField
              name="username"
              label={tUsers("username")}
              defaultValue={user.username}
              errors={errors}
              isRequired
            />
          ) : (
            <p className="text-sm text-muted-foreground">{t("usernameFixed")}</p>
          )}
          <TextField
            name="email"
            label={tUsers("email")}
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
  const t = useTranslations("userDetail");
  const { username } = user;
  const hidden = { userId: user.id };
  return (
    <>
      {user.can.resetPassword && (
        <DialogButton
          label={t("resetPassword")}
          title={t("resetPasswordOf", { username })}
          description={t("resetPasswordNote")}
          action={actions.resetPasswordAction}
          hidden={hidden}
          renderResult={(result) => <GrantedAccessNote result={result} />}
        />
      )}
      {user.can.resetMfa && user.mfaEnabled && (
        <DialogButton
          label={t("resetTwoFactor")}
          title={t("resetTwoFactorOf", { username })}
          description={t("resetTwoFactorNote")}
          action={actions.resetMfaAction}
          hidden={hidden}
          done={t("twoFactorOff")}
        />
      )}
    </>
  );
}
