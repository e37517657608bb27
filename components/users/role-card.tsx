"use client";

import { useTranslations } from "next-intl";
import { DialogButton } from "@/components/forms/dialog-button";
import { SelectField } from "@/components/forms/fields";
import { TitledCard } from "@/components/ui/card";
import type { UserDetailProps } from "./user-actions";

/** Global role and two-factor requirement, which only a global administrator sets. */
export function RoleCard(props: UserDetailProps) {
  const t = useTranslations("userDetail");
  const { user } = props;
  if (!user.can.setGlobalRole && !user.can.setMfaRequirement) return null;
  return (
    <TitledCard title={t("roleCard")} description={t("roleCardNote")} contentClassName="flex flex-wrap gap-2">
      {user.can.setGlobalRole && <GlobalRoleButton {...props} />}
      {user.can.setMfaRequirement && <RequirementButton {...props} />}
    </TitledCard>
  );
}

function GlobalRoleButton({ user, actions }: UserDetailProps) {
  const t = useTranslations("userDetail");
  const tUsers = useTranslations("users");
  const choices = [
    { value: "User", label: t("userMeaning") },
    { value: "Admin", label: t("adminMeaning") },
    { value: "GlobalAdmin", label: t("globalAdminMeaning") },
  ];
  return (
    <DialogButton
      label={t("changeGlobalRole")}
      title={t("globalRoleOf", { username: user.username })}
      action={actions.setGlobalRoleAction}
      hidden={{ userId: user.id }}
      submitLabel={t("changeRole")}
      done={t("roleChanged")}
    >
      {(errors) => (
        <SelectField
          name="role"
          label={tUsers("globalRole")}
          defaultValue={user.globalRole}
          choices={choices}
          errors={errors}
        />
      )}
    </DialogButton>
  );
}

function RequirementButton({ user, isMfaRequiredForAll, actions }: UserDetailProps) {
  const t = useTranslations("userDetail");
  const tUsers = useTranslations("users");
  const requirement = user.mfaRequired === null ? "inherit" : user.mfaRequired ? "required" : "not-required";
  const choices = [
    { value: "inherit", label: t(isMfaRequiredForAll ? "defaultRequired" : "defaultNotRequired") },
    { value: "required", label: t("required") },
    { value: "not-required", label: t("notRequired") },
  ];
  return (
    <DialogButton
      label={t("changeRequirement")}
      title={t("twoFactorFor", { username: user.username })}
      action={actions.setMfaRequirementAction}
      hidden={{ userId: user.id }}
      submitLabel={t("save")}
      done={t("requirementSaved")}
    >
      {(errors) => (
        <SelectField
          name="requirement"
          label={tUsers("twoFactor")}
          defaultValue={requirement}
          choices={choices}
          errors={errors}
        />
      )}
    </DialogButton>
  );
}
