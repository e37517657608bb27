"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ActionButton } from "@/components/forms/action-button";
import { DialogButton } from "@/components/forms/dialog-button";
import { SelectField } from "@/components/forms/fields";
import { TitledCard } from "@/components/ui/card";
import type { JoinableCompany, MembershipView } from "@/lib/services/users/read-users";
import { useWords } from "@/components/ui/use-words";
import { companyRoleText } from "@/lib/domain/actor";
import type { UserActions, UserDetailProps } from "./user-actions";

/** The companies of a user that the viewer may see, with the role in each. */
export function MembershipCard({ user, joinable, backHref, actions }: UserDetailProps) {
  const t = useTranslations("userDetail");
  const tUsers = useTranslations("users");
  const { username } = user;
  return (
    <TitledCard
      title={t("memberships")}
      action={
        joinable.length > 0 &&
        !user.isSelf && (
          <DialogButton
            label={t("addToCompany")}
            title={t("addUserToCompany", { username })}
            action={actions.setMembershipAction}
            hidden={{ userId: user.id, isNew: "on" }}
            submitLabel={tUsers("add")}
            done={t("membershipAdded")}
          >
            {(errors) => <JoinFields joinable={joinable} errors={errors} />}
          </DialogButton>
        )
      }
    >
      {user.memberships.length === 0 ? (
        <p className="text-sm text-muted-foreground">
          {user.globalRole === "GlobalAdmin" ? t("noneButAll") : t("none")}
        </p>
      ) : (
        <ul aria-label={t("memberships")} className="grid">
          {user.memberships.map((membership) => (
            <Membership
              key={membership.companyId}
              userId={user.id}
              membership={membership}
              backHref={backHref}
              actions={actions}
            />
          ))}
        </ul>
      )}
    </TitledCard>
  );
}

interface JoinFieldsProps {
  joinable: readonly JoinableCompany[];
  errors: Record<string, string>;
}

/** A company, and of the roles there those that the viewer may give. */
function JoinFields({ joinable, errors }: JoinFieldsProps) {
  const t = useTranslations("users");
  const word = useWords("roles");
  const [chosen, choose] = useState(String(joinable[0]!.id));
  const roles = joinable.find(({ id }) => String(id) === chosen)?.roles ?? [];
  return (
    <>
      <SelectField
        name="memberCompanyId"
        label={t("company")}
        choices={joinable.map(({ id, name }) => ({ value: String(id), label: name }))}
        value={chosen}
        onChange={({ target }) => choose(target.value)}
        errors={errors}
      />
      <SelectField
        name="role"
        label={t("role")}
        choices={roles.map((value) => ({ value, label: word(companyRoleText(value)) }))}
        errors={errors}
      />
    </>
  );
}

interface MembershipProps extends Pick<UserDetailProps, "backHref"> {
  userId: number;
  membership: MembershipView;
  actions: UserActions;
}

const MAKE = {
  CompanyAdmin: { short: "makeCompanyAdmin", long: "makeCompanyAdminIn" },
  User: { short: "makeMember", long: "makeMemberIn" },
} as const;

function Membership({ userId, membership, backHref, actions }: MembershipProps) {
  const t = useTranslations("userDetail");
  const router = useRouter();
  const word = useWords("roles");
  const { companyId, companyName, role, canBecome, canRemove } = membership;
  const hidden = { userId, memberCompanyId: companyId };
  return (
    <li className="flex flex-wrap items-center justify-between gap-2 border-t py-2 text-sm first:border-0">
      <div className="min-w-0 wrap-anywhere">
        {companyName} <span className="text-muted-foreground">{word(companyRoleText(role))}</span>
      </div>
      <div className="flex flex-wrap gap-2">
        {canBecome.map((wanted) => (
          <ActionButton
            key={wanted}
            size="sm"
            variant="outline"
            action={actions.setMembershipAction}
            hidden={{ ...hidden, role: wanted }}
            done={t("roleChanged")}
            aria-label={t(MAKE[wanted].long, { company: companyName })}
          >
            {t(MAKE[wanted].short)}
          </ActionButton>
        ))}
        {canRemove && (
          <DialogButton
            label={t("remove")}
            name={t("removeFrom", { company: companyName })}
            title={t("removeFrom", { company: companyName })}
            description={t("removeNote")}
            action={actions.removeMembershipAction}
            hidden={hidden}
            isDestructive
            done={t("removed", { company: companyName })}
            // The page of a company's member is gone with the membership.
            onDone={(_, isHere) => {
              if (isHere && backHref === `/${companyId}/members`) router.push(backHref);
            }}
          />
        )}
      </div>
    </li>
  );
}
