"use client";

import { UserPlus } from "lucide-react";
import { useState } from "react";
import { DialogButton } from "@/components/forms/dialog-button";
import { SelectField, TextField } from "@/components/forms/fields";
import type { FormAction } from "@/lib/domain/form-result";
import { FieldError, FieldSet } from "@/components/ui/field";
import { Label } from "@/components/ui/label";
import { NativeSelect } from "@/components/ui/native-select";
import type { CreatedUser } from "@/lib/services/users/create-user";
import { COMPANY_ROLE_LABEL, GLOBAL_ROLE_LABEL } from "@/lib/domain/actor";
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

function choicesOf(labels: Record<string, string>, names: readonly string[]) {
  return names.map((value) => ({ value, label: labels[value] ?? value }));
}

export function CreateUser({
  company,
  companies,
  isGlobalAdmin,
  managedCompanyIds,
  canInvite,
  zone,
  action,
}: CreateUserProps) {
  return (
    <DialogButton
      variant="default"
      label={
        <>
          <UserPlus aria-hidden />
          Create user
        </>
      }
      opensBy="add"
      title={company ? `Create a user in ${company.name}` : "Create a user"}
      description="The user is active at once."
      action={action}
      submitLabel="Create user"
      renderResult={(result) => <CreatedNote result={result} zone={zone} />}
    >
      {(errors) => (
        <>
          <TextField
            name="username"
            label="Username"
            description={
              isGlobalAdmin
                ? undefined
                : "Six digits are added to it. The e-mail address also works for signing in."
            }
            errors={errors}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            isRequired
          />
          <TextField name="email" label="E-mail" type="email" errors={errors} autoComplete="off" isRequired />
          <AccessField canInvite={canInvite} errors={errors} />
          {isGlobalAdmin && (
            <SelectField
              name="globalRole"
              label="Global role"
              defaultValue="User"
              choices={choicesOf(GLOBAL_ROLE_LABEL, ["User", "Admin", "GlobalAdmin"])}
              errors={errors}
            />
          )}
          <MembershipFields
            company={company}
            companies={companies}
            managedCompanyIds={managedCompanyIds}
            errors={errors}
          />
        </>
      )}
    </DialogButton>
  );
}

function CreatedNote({ result, zone }: { result: CreatedUser; zone: string }) {
  const { invitedUntil } = result;
  if (invitedUntil === null) return <GrantedAccessNote result={result} />;
  return <InvitedNote result={{ ...result, invitedUntil }} zone={zone} />;
}

type MembershipFieldsProps = Pick<CreateUserProps, "company" | "companies" | "managedCompanyIds"> & {
  errors: Record<string, string>;
};

/** One company to begin with; further ones are added on the user's page. */
function MembershipFields({ company, companies, managedCompanyIds, errors }: MembershipFieldsProps) {
  const [companyId, setCompanyId] = useState(company ? String(company.id) : "");
  const roles = managedCompanyIds.includes(Number(companyId)) ? ["User", "CompanyAdmin"] : ["User"];
  return (
    <FieldSet legend="Membership">
      {!company && (
        <div className="grid gap-2">
          <Label htmlFor="membership-company">Company</Label>
          <NativeSelect
            id="membership-company"
            className="w-full"
            value={companyId}
            onChange={(event) => setCompanyId(event.target.value)}
          >
            <option value="">None</option>
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
          label="Role in the company"
          choices={choicesOf(COMPANY_ROLE_LABEL, roles).map(({ value, label }) => ({
            value: `${companyId}:${value}`,
            label,
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

/** Adds somebody who has an account already. */
export function AddMember({ company, mayMakeAdmin, action }: AddMemberProps) {
  return (
    <DialogButton
      label="Add existing user"
      title={`Add an existing user to ${company.name}`}
      action={action}
      hidden={{ companyId: company.id }}
      submitLabel="Add"
      done={(result) => `${result?.username ?? "User"} added`}
    >
      {(errors) => (
        <>
          <TextField
            name="name"
            label="Username or e-mail"
            errors={errors}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            isRequired
          />
          <SelectField
            name="role"
            label="Role in the company"
            choices={choicesOf(COMPANY_ROLE_LABEL, mayMakeAdmin ? ["User", "CompanyAdmin"] : ["User"])}
            errors={errors}
          />
        </>
      )}
    </DialogButton>
  );
}
