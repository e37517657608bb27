"use client";

import { DialogButton } from "@/components/forms/dialog-button";
import { SelectField } from "@/components/forms/fields";
import { TitledCard } from "@/components/ui/card";
import { GLOBAL_ROLE_LABEL } from "@/lib/domain/actor";
import type { UserDetailProps } from "./user-actions";

const ROLE_MEANING = [
  { value: "User", label: `${GLOBAL_ROLE_LABEL.User}: what the memberships allow` },
  { value: "Admin", label: `${GLOBAL_ROLE_LABEL.Admin}: manages sites and users of their companies` },
  { value: "GlobalAdmin", label: `${GLOBAL_ROLE_LABEL.GlobalAdmin}: everything, in every company` },
];

/** Global role and second-step requirement, which only a global administrator sets. */
export function RoleCard({ user, isMfaRequiredForAll, actions }: UserDetailProps) {
  if (!user.can.setGlobalRole && !user.can.setMfaRequirement) return null;
  const requirement = user.mfaRequired === null ? "inherit" : user.mfaRequired ? "required" : "not-required";
  return (
    <TitledCard
      title="Role and two-factor authentication"
      description="Changes count from their next request."
      contentClassName="flex flex-wrap gap-2"
    >
      {user.can.setGlobalRole && (
        <DialogButton
          label="Change global role"
          title={`Global role of ${user.username}`}
          action={actions.setGlobalRoleAction}
          hidden={{ userId: user.id }}
          submitLabel="Change role"
          done="The role is changed."
        >
          {(errors) => (
            <SelectField
              name="role"
              label="Global role"
              defaultValue={user.globalRole}
              choices={ROLE_MEANING}
              errors={errors}
            />
          )}
        </DialogButton>
      )}
      {user.can.setMfaRequirement && (
        <DialogButton
          label="Set second-step requirement"
          title={`Two-factor authentication for ${user.username}`}
          action={actions.setMfaRequirementAction}
          hidden={{ userId: user.id }}
          submitLabel="Save"
          done="The requirement is saved."
        >
          {(errors) => (
            <SelectField
              name="requirement"
              label="Two-factor authentication"
              defaultValue={requirement}
              choices={[
                {
                  value: "inherit",
                  label: `As the portal says: ${isMfaRequiredForAll ? "required" : "not required"}`,
                },
                { value: "required", label: "Required" },
                { value: "not-required", label: "Not required" },
              ]}
              errors={errors}
            />
          )}
        </DialogButton>
      )}
    </TitledCard>
  );
}
