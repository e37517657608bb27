"use client";

import { UserPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { DialogButton } from "@/components/forms/dialog-button";
import { SelectField, TextField } from "@/components/forms/fields";
import type { FormAction } from "@/lib/domain/form-result";
import { FieldError, FieldSet } from "@/components/ui/field";
import { Label } from "@/components/ui/label";
import { NativeSelect } from "@/components/ui/native-select";
import type { CreatedUser } from "@/lib/services/users/create-user";
import { useWords } from "@/components/ui/use-words";
import { COMPANY_ROLES, companyRoleText, GLOBAL_ROLES, globalRoleText } from "@/lib/domain/actor";
import { GrantedAccessNote } from "./granted-access";
import { AccessField, InvitedNote } from "./invitation";
import type { CompanyOption } from "./user-actions";

interface CreateUserProps {
  company?: CompanyOption;
  companies: readonly CompanyOption[];
  isGlobalAdmin: boolean;
  managedCompanyIds: readonly number[];
  /** Mail is set up. */
  canInvite: boolean;
  zone: string;
  action: FormAction<CreatedUser>;
}

export function CreateUser(props: CreateUserProps) {
  const { company, zone, action } = props;
  const t = useTranslations("users");
  return (
    <DialogButton
      variant="default"
      icon={UserPlus}
      label={t("createUser")}
      opensBy="add"
      title={company ? t("createTitleIn", { company: company.name }) : t("createTitle")}
      description={t("createNote")}
      action={action}
      renderResult={(result) => <CreatedNote result={result} zone={zone} />}
    >
      {(errors) => <CreateFields {...props} errors={errors} />}
    </DialogButton>
  );
}

interface WithErrors {
  errors: Record<string, string>;
}

function CreateFields(props: CreateUserProps & WithErrors) {
  const { isGlobalAdmin, canInvite, errors } = props;
  const t = useTranslations("users");
  const word = useWords("roles");
  return (
    <>
      <TextField
        name="username"
        label={t("username")}
        description={isGlobalAdmin ? undefined : t("usernameNote")}
        errors={errors}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        isRequired
      />
      <TextField name="email" label={t("email")} type="email" errors={errors} autoComplete="off" isRequired />
      <AccessField canInvite={canInvite} errors={errors} />
      {isGlobalAdmin && (
        <SelectField
          name="globalRole"
          label={t("globalRole")}
          defaultValue="User"
          choices={GLOBAL_ROLES.toReversed().map((value) => ({
            value,
            label: word(globalRoleText(value)),
          }))}
          errors={errors}
        />
      )}
      <MembershipFields {...props} />
    </>
  );
}

function CreatedNote({ result, zone }: { result: CreatedUser; zone: string }) {
  const { invitedUntil } = result;
  if (invitedUntil === null) return <GrantedAccessNote result={result} />;
  return <InvitedNote result={{ ...result, invitedUntil }} zone={zone} />;
}

type MembershipFieldsProps = Pick<CreateUserProps, "company" | "companies" | "managedCompanyIds"> &
  WithErrors;

/** One company to begin with; further ones are added on the user's page. */
function MembershipFields({ company, companies, managedCompanyIds, errors }: MembershipFieldsProps) {
  const t = useTranslations("users");
  const word = useWords("roles");
  const [companyId, setCompanyId] = useState(company ? String(company.id) : "");
  const roles = managedCompanyIds.includes(Number(companyId)) ? COMPANY_ROLES.toReversed() : ["User"];
  return (
    <FieldSet legend={t("membership")}>
      {!company && (
        <div className="grid gap-2">
          <Label htmlFor="membership-company">{t("company")}</Label>
          <NativeSelect
            id="membership-company"
            className="w-full"
            value={companyId}
            onChange={(event) => setCompanyId(event.target.value)}
          >
            <option value="">{t("none")}</option>
            {companies.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </NativeSelect>
        </div>
      )}
      {companyId !== "" && (
        <SelectField
          key={companyId}
          name="memberships"
          label={t("roleInCompany")}
          choices={roles.map((role) => ({
            value: `${companyId}:${role}`,
            label: word(companyRoleText(role)),
          }))}
          errors={errors}
        />
      )}
      {companyId === "" && <FieldError error={errors.memberships} />}
    </FieldSet>
  );
}

interface AddMemberProps {
  company: CompanyOption;
  mayMakeAdmin: boolean;
  action: FormAction<{ username: string }>;
}

/** Adds a user who already exists. */
export function AddMember({ company, mayMakeAdmin, action }: AddMemberProps) {
  const t = useTranslations("users");
  const word = useWords("roles");
  const roles = mayMakeAdmin ? COMPANY_ROLES.toReversed() : ["User"];
  return (
    <DialogButton
      label={t("addExisting")}
      title={t("addExistingTo", { company: company.name })}
      action={action}
      hidden={{ companyId: company.id }}
      submitLabel={t("add")}
      done={(result) => t("added", { username: result?.username ?? t("user") })}
    >
      {(errors) => (
        <>
          <TextField
            name="name"
            label={t("usernameOrEmail")}
            errors={errors}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            isRequired
          />
          <SelectField
            name="role"
            label={t("roleInCompany")}
            choices={roles.map((value) => ({ value, label: word(companyRoleText(value)) }))}
            errors={errors}
          />
        </>
      )}
    </DialogButton>
  );
}
